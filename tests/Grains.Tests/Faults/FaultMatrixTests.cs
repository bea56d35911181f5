using Tally.Emulator;
using Tally.Grains.Tests.Hosting;

namespace Tally.Grains.Tests.Faults;

/// <summary>Whatever the marketplace does, each record is billed once: 0 lost, 0 double.</summary>
public sealed class FaultMatrixTests
{
    private const int Customers = 60;
    private const int Hours = 3;

    /// <summary>As long as AWS's quota makes calls wait for each other: calls are let out one by one.</summary>
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(100);

    private static readonly string[] Dimensions = ["calls", "gb"];

    private static readonly Dictionary<string, FaultPlan> Plans = new()
    {
        ["throttling storm"] = new() { ThrottleRate = 0.9, Calls = 100 },
        ["throttled at one call a second"] = new() { CallsPerSecond = 1 },
        ["throttled with Retry-After"] = new() { ThrottleRate = 0.5, RetryAfterSeconds = 20 },
        ["500s on a third of the calls"] = new() { ErrorRate = 1.0 / 3 },
        ["answers lost after acceptance"] = new() { LoseAnswerRate = 0.5 },
        ["connections cut"] = new() { DropRate = 0.4 },
        ["unprocessed records"] = new() { UnprocessedRate = 0.3 },
        ["all at once"] = new()
        {
            ThrottleRate = 0.2,
            ErrorRate = 0.2,
            LoseAnswerRate = 0.2,
            DropRate = 0.2,
            UnprocessedRate = 0.2,
        },
    };

    public static TheoryData<string> PlanNames => [.. Plans.Keys];

    [Theory]
    [MemberData(nameof(PlanNames))]
    public async Task Deliver_MarketplaceWithFaults_BillsEachRecordOnce(string plan)
    {
        await using var tally = await EmulatedCluster.Start();
        await tally.List(Dimensions);
        tally.Aws.Faults = Plans[plan] with { Seed = 11 };
        for (var hour = 0; hour < Hours; hour++)
        {
            await tally.Post(Customers, Dimensions);
            await tally.Pass(TallyCluster.Period);
        }

        await tally.PassUntilDelivered(TimeSpan.FromHours(12));
        await tally.AssertDelivered();
        Assert.True(tally.Calls.Calls > Hours * Customers * Dimensions.Length / 25, "The plan has harmed no call.");
    }

    [Theory]
    [InlineData("errors")]
    [InlineData("cut")]
    public async Task Deliver_OutageOfFiftyMinutesInAWindowOfAnHour_DeliversEverythingBeforeItsDeadline(string kind)
    {
        await using var tally = await EmulatedCluster.Start(
            new() { Rules = AcceptanceRules.Aws2020 }, options => options.Rules = "aws-2020");
        await tally.List(Dimensions);
        await tally.Post(2_000, Dimensions);
        tally.Aws.Faults = kind == "cut" ? new() { DropRate = 1 } : new() { ErrorRate = 1 };

        // It begins when the records are sealed and ends five minutes before their deadline.
        await tally.Pass(TimeSpan.FromMinutes(45) + TimeSpan.FromMinutes(50));
        Assert.Empty(await tally.Aws.ListRecordsAsync());
        tally.Aws.Faults = new() { Quotas = CallQuotas.Aws };
        await tally.PassUntilDelivered(TimeSpan.FromMinutes(5) - TimeSpan.FromSeconds(5), Moment);
        await tally.AssertDelivered();
    }
}
