using Tally.Domain.Catalogue;
using Tally.Emulator;
using Tally.Grains.Tests.Hosting;

namespace Tally.Grains.Tests.Faults;

/// <summary>Records of a product that allocates by tags, at a marketplace that checks every allocation.</summary>
public sealed class AllocationTests
{
    private const string Customer = "c";
    private static readonly string[] Teams =
        ["team\0a\0", "team\0b\0", "env\0live\0team\0a\0", "", "team\0f\u00fcnf\0"];

    [Fact]
    public async Task Deliver_TaggedUsageThroughFaults_IsAllocatedAndBilledOnce()
    {
        await using var tally = await Started("team", "env");
        tally.Aws.Faults = new() { LoseAnswerRate = 0.4, UnprocessedRate = 0.2, Seed = 5 };
        var used = new int[Teams.Length];
        var id = 0;
        for (var hour = 0; hour < 3; hour++)
        {
            var events = Enumerable.Range(0, 50).Select(number => new UsageEvent(id++, 1 + (number % 7), Now(tally))
            {
                Tags = Teams[number % Teams.Length],
            }).ToArray();
            foreach (var (number, usage) in events.Index())
            {
                used[number % Teams.Length] += usage.Units;
            }

            await Post(tally, events);
            await Post(tally, events);
            await tally.Pass(TallyCluster.Period);
        }

        await tally.PassUntilDelivered(TimeSpan.FromHours(2));
        var billed = await tally.Aws.ListRecordsAsync(EmulatedCluster.Product);
        Assert.Equal(3, billed.Count);
        Assert.All(billed, record => Assert.Equal(
            record.Quantity, record.UsageAllocations!.Sum(allocation => allocation.AllocatedUsageQuantity)));
        Assert.Equal(used[0], Given(billed, "team=a"));
        Assert.Equal(used[1], Given(billed, "team=b"));
        Assert.Equal(used[2], Given(billed, "env=live team=a"));
        Assert.Equal(used[3] + used[4], Given(billed, ""));

        var records = (await tally.Tally.Customer(EmulatedCluster.Product, Customer).GetUsage())!.Records;
        Assert.Equal(used[4] * 1_000_000, records.Sum(view => (long)view.Notes.MergedTags.Micros));
    }

    [Fact]
    public async Task Deliver_AsManyTagSetsAsARecordHasRoomFor_IsAccepted()
    {
        await using var tally = await Started("team");
        foreach (var some in Enumerable.Range(0, 2_600).Chunk(500))
        {
            await Post(tally, [.. some.Select(number => new UsageEvent(number, 1, Now(tally))
            {
                Tags = $"team\0{number:D4}+\0",
            })]);
        }

        await tally.Pass(TallyCluster.Period);
        await tally.PassUntilDelivered(TimeSpan.FromHours(1));
        var record = Assert.Single(await tally.Aws.ListRecordsAsync(EmulatedCluster.Product));
        Assert.Equal((2_600, 2_500), (record.Quantity, record.UsageAllocations!.Count));
        Assert.Equal(101, Given([record], ""));
    }

    [Fact]
    public async Task Deliver_LargeAllocationsOfManyCustomers_KeepsEachCallBelowAMegabyte()
    {
        await using var tally = await Started("team");
        for (var customer = 0; customer < 3; customer++)
        {
            await Post(
                tally,
                [.. Enumerable.Range(0, 2_000).Select(number => new UsageEvent(number, 1, Now(tally))
                {
                    Tags = $"team\0{number:D4}{new string('x', 200)}\0",
                })],
                $"c{customer}");
        }

        await tally.Pass(TallyCluster.Period);
        await tally.PassUntilDelivered(TimeSpan.FromHours(1));
        var billed = await tally.Aws.ListRecordsAsync(EmulatedCluster.Product);
        Assert.Equal(3, billed.Count);
        Assert.All(billed, record => Assert.InRange(record.UsageAllocations!.Count, 2_000, 2_500));
        Assert.InRange(tally.Calls.Calls, 3, 4);
    }

    [Fact]
    public async Task Deliver_AfterACrashOfTheSilo_AllocatesTheSame()
    {
        await using var tally = await Started("team");
        await Post(tally, [new(1, 2, Now(tally)) { Tags = Teams[0] }, new(2, 3, Now(tally)) { Tags = Teams[1] }]);
        await tally.Tally.PutProduct(EmulatedCluster.Product, new ProductConfig(null, null, [new("calls")])
        {
            AllocationTags = ["team", "other"],
        });
        await tally.Tally.Silos.KillSiloAsync(tally.Tally.Silos.Silos[0]);
        await tally.Tally.Silos.StartAdditionalSiloAsync();
        await Retry.Until(() => tally.Tally.Delivery(EmulatedCluster.Product).Flush());
        await tally.Pass(TallyCluster.Period);
        await tally.PassUntilDelivered(TimeSpan.FromHours(1));

        var billed = await tally.Aws.ListRecordsAsync(EmulatedCluster.Product);
        Assert.Equal((2, 3), (Given(billed, "team=a"), Given(billed, "team=b")));
    }

    private static async Task<EmulatedCluster> Started(params string[] tags)
    {
        var tally = await EmulatedCluster.Start();
        await tally.Aws.DeclareProductAsync(EmulatedCluster.Product, ["calls"]);
        await tally.Tally.PutProduct(EmulatedCluster.Product, new ProductConfig(null, null, [new("calls")])
        {
            AllocationTags = tags,
        });
        return tally;
    }

    private static DateTimeOffset Now(EmulatedCluster tally) => tally.Clock.GetUtcNow();

    private static Task Post(EmulatedCluster tally, UsageEvent[] events, string customer = Customer) =>
        tally.Tally.Customer(EmulatedCluster.Product, customer).Post(UsageEvents.Batch(events)).AsTask();

    private static int Given(IEnumerable<MeteredRecord> billed, string tags) => billed
        .SelectMany(record => record.UsageAllocations!)
        .Where(allocation => tags == string.Join(
            ' ', allocation.Tags.OrderBy(tag => tag.Key).Select(tag => $"{tag.Key}={tag.Value}")))
        .Sum(allocation => allocation.AllocatedUsageQuantity);
}
