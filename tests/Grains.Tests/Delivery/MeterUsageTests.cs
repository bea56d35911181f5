using Tally.Contracts.Customers;
using Tally.Domain.Catalogue;
using Tally.Domain.Counting;
using Tally.Domain.Sealing;
using Tally.Grains.Tests.Hosting;

namespace Tally.Grains.Tests.Delivery;

/// <summary>A product that is delivered from inside its buyer's account.</summary>
public sealed class MeterUsageTests
{
    private const string Self = ProductDefinition.OwnCustomer;

    [Fact]
    public async Task Deliver_AnHour_EachDimensionIsOneCallWithItsToken()
    {
        await using var tally = await Started();
        await Post(tally, (1, 3, 0), (2, 4, 0), (3, 5, 1));
        await tally.EndHour("p");

        Assert.Equal([("cpu", 7), ("gpu", 5)], Billed(tally));
        Assert.Equal(2, tally.Aws.Meter.Tokens.Distinct().Count());
        Assert.All(tally.Aws.Meter.Tokens, token => Assert.InRange(token.Length, 1, 64));
        Assert.Empty(tally.Aws.CallSizes);
        var records = await Records(tally);
        Assert.All(records, view => Assert.Equal(RecordState.Delivered, view.State));
        Assert.All(records, view => Assert.True(Guid.TryParse(view.Last!.MeteringRecordId, out _)));
        await AssertBalance(tally, delivered: 12);
    }

    [Fact]
    public async Task Deliver_AnswerIsLost_TheSameTokenIsSentAgainAndNothingDoubles()
    {
        await using var tally = await Started();
        var lost = 0;
        tally.Aws.Meter.AfterStore = _ => lost++ < 3 ? throw new HttpRequestException("cut") : Task.CompletedTask;
        await Post(tally, (1, 7, 0));
        await tally.EndHour("p");

        Assert.Equal([("cpu", 7)], Billed(tally));
        Assert.Equal(4, tally.Aws.Meter.Tokens.Count);
        Assert.Single(tally.Aws.Meter.Tokens.Distinct());
        await AssertBalance(tally, delivered: 7);
    }

    [Fact]
    public async Task Deliver_TaggedUsageWhoseAnswerIsLost_SendsTheSameAllocationsAgain()
    {
        await using var tally = await TallyCluster.Start();
        await tally.PutProduct("p", Config with { AllocationTags = ["team"] });
        var lost = 0;
        tally.Aws.Meter.AfterStore = _ => lost++ < 2 ? throw new HttpRequestException("cut") : Task.CompletedTask;
        var now = tally.Clock.GetUtcNow();
        await tally.Customer("p", Self).Post(UsageEvents.Batch(
            new UsageEvent(1, 7, now) { Tags = "team\0a\0" }, new UsageEvent(2, 2, now)));
        await tally.EndHour("p");

        Assert.Equal(Enumerable.Repeat(":2 team=a:7", 3), tally.Aws.Meter.Allocations);
        Assert.Single(tally.Aws.Meter.Tokens.Distinct());
        Assert.Equal([("cpu", 9)], Billed(tally));
    }

    [Fact]
    public async Task Deliver_SiloIsKilledBeforeTheAnswer_TheNextOneSendsTheSameToken()
    {
        await using var tally = await Started();
        var stored = new TaskCompletionSource();
        tally.Aws.Meter.AfterStore = _ =>
        {
            stored.TrySetResult();
            return Task.Delay(Timeout.Infinite, CancellationToken.None);
        };
        await Post(tally, (1, 7, 0));
        tally.Clock.Advance(TallyCluster.Period);
        _ = tally.Delivery("p").Flush();
        await stored.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        await tally.Silos.KillSiloAsync(tally.Silos.Silos[0]);
        tally.Aws.Meter.AfterStore = _ => Task.CompletedTask;
        await tally.Silos.StartAdditionalSiloAsync();

        await Retry.Until(async () =>
        {
            await tally.Drain("p");
            Assert.Equal(RecordState.Delivered, Assert.Single(await Records(tally)).State);
        });
        Assert.Equal([("cpu", 7)], Billed(tally));
        Assert.Equal(2, tally.Aws.Meter.Tokens.Count);
        Assert.Single(tally.Aws.Meter.Tokens.Distinct());
    }

    [Theory]
    [InlineData("DuplicateRequestException")]
    [InlineData("IdempotencyConflictException")]
    [InlineData("InvalidUsageDimensionException")]
    public async Task Deliver_AwsWillNeverTakeARecord_IsQuarantinedAndTheOthersGo(string code)
    {
        await using var tally = await Started();
        tally.Aws.Meter.BeforeStore = request =>
            request.UsageDimension == "cpu" ? throw AwsErrors.Of(code) : Task.CompletedTask;
        await Post(tally, (1, 7, 0), (2, 5, 1));
        await tally.EndHour("p");

        Assert.Equal([("gpu", 5)], Billed(tally));
        var records = await Records(tally);
        var held = Assert.Single(records, view => view.State == RecordState.Quarantined);
        Assert.Contains(code, held.Last!.Reason, StringComparison.Ordinal);
        await AssertBalance(tally, delivered: 5);
    }

    [Fact]
    public async Task Deliver_SixHoursWithoutAws_ExpiresWhereBatchMeterUsageHasADay()
    {
        await using var tally = await Started();
        tally.Aws.Meter.BeforeStore = _ => throw AwsErrors.Of("CustomerNotEntitledException");
        await Post(tally, (1, 7, 0));
        await tally.EndHour("p", flushesMax: 1);
        Assert.Contains(
            "CustomerNotEntitledException",
            (await tally.Delivery("p").GetStatus()).Problem,
            StringComparison.Ordinal);
        tally.Clock.Advance(TimeSpan.FromHours(5));
        await tally.Delivery("p").Flush();
        Assert.Equal(RecordState.Waiting, Assert.Single(await Records(tally)).State);
        tally.Clock.Advance(TimeSpan.FromHours(1));
        await tally.Delivery("p").Flush();

        Assert.Equal(RecordState.Expired, Assert.Single(await Records(tally)).State);
        var usage = await tally.Customer("p", Self).GetUsage();
        Assert.Equal(TimeSpan.FromHours(6), usage!.Acceptance.AgeMax);
    }

    [Fact]
    public async Task Post_UsageThatIsPastTheChannelsWindow_IsCarriedIntoTheFirstHourThatIsNot()
    {
        await using var tally = await Started();
        var old = tally.Clock.GetUtcNow() - TimeSpan.FromHours(9);
        await tally.Customer("p", Self).Post(UsageEvents.Batch(new UsageEvent(1, 7, old)));
        var open = Assert.Single((await tally.Customer("p", Self).GetUsage())!.Open);
        Assert.Equal(new DateTimeOffset(2026, 11, 22, 4, 0, 0, TimeSpan.Zero), open.HourStart);
    }

    [Fact]
    public async Task Post_AnotherCustomer_IsRefused()
    {
        await using var tally = await Started();
        var reply = await tally.Customer("p", "other").Post(
            UsageEvents.Batch(new UsageEvent(1, 7, tally.Clock.GetUtcNow())));
        Assert.Equal((byte)CountStatus.UnknownDimension, Assert.Single(reply.Statuses.ToArray()));
    }

    [Fact]
    public async Task Deliver_TwoInstallations_HaveTokensOfTheirOwn()
    {
        await using var one = await Started();
        await using var other = await Started();
        await Post(one, (1, 7, 0));
        await Post(other, (1, 7, 0));
        await one.EndHour("p");
        await other.EndHour("p");
        Assert.NotEqual(Assert.Single(one.Aws.Meter.Tokens), Assert.Single(other.Aws.Meter.Tokens));
    }

    [Fact]
    public async Task Put_ChannelWhoseWindowIsShorterThanTheDelays_IsRefused()
    {
        await using var tally = await TallyCluster.Start(configure: options => options.SealDelay = new(5, 30, 0));
        await Assert.ThrowsAsync<InvalidOperationException>(() => tally.PutProduct("p", Config));
        await tally.PutProduct("p");
    }

    private static ProductConfig Config { get; } =
        new(null, null, [new("cpu"), new("gpu")]) { Channel = DeliveryChannel.MeterUsage };

    private static async Task<TallyCluster> Started()
    {
        var tally = await TallyCluster.Start();
        await tally.PutProduct("p", Config);
        return tally;
    }

    private static async Task Post(TallyCluster tally, params (long Id, int Units, int Ordinal)[] events)
    {
        var now = tally.Clock.GetUtcNow();
        var reply = await tally.Customer("p", Self).Post(UsageEvents.Batch(
            [.. events.Select(usage => new UsageEvent(usage.Id, usage.Units, now, usage.Ordinal))]));
        Assert.True(reply.Statuses.IsEmpty);
    }

    private static List<(string Dimension, int Quantity)> Billed(TallyCluster tally) =>
    [
        .. tally.Aws.Meter.Billed()
            .Select(pair => (pair.Key.Dimension, pair.Value))
            .Order(),
    ];

    private static async Task<IReadOnlyList<RecordView>> Records(TallyCluster tally) =>
        (await tally.Customer("p", Self).GetUsage())!.Records;

    private static async Task AssertBalance(TallyCluster tally, int delivered)
    {
        var balances = (await tally.Delivery("p").GetBalances()).Select(balance => balance.Balance).ToList();
        Assert.Equal(delivered * 1_000_000, balances.Sum(balance => (long)balance.Delivered.Micros));
        Assert.All(balances, balance => Assert.Equal(0, (long)balance.Difference.Micros));
    }
}
