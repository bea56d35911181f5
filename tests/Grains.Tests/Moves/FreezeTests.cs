using Tally.Contracts.Customers;
using Tally.Contracts.Moves;
using Tally.Contracts.Products;
using Tally.Contracts.Tenants;
using Tally.Domain.Catalogue;
using Tally.Domain.Counting;
using Tally.Domain.Sealing;
using Tally.Domain.Subscriptions;
using Tally.Grains.Tests.Hosting;

namespace Tally.Grains.Tests.Moves;

public sealed class FreezeTests
{
    [Fact]
    public async Task Freeze_EverythingThatChangesIt_IsRefused()
    {
        await using var tally = await Start();
        await Post(tally, 1);
        await tally.Freeze();
        var tenant = tally.Grains.GetGrain<ITenantGrain>(TallyCluster.Tenant);
        var customer = tally.Customer("p", "c");
        Func<Task>[] changes =
        [
            () => Post(tally, 1),
            () => Post(tally, 2),
            () => Post(tally, 3, "unknown so far"),
            () => customer.Seal(tally.Clock.GetUtcNow().ToUnixTimeSeconds()),
            () => customer.Amend(new(default, RecordAct.Release, "me", "why", null)),
            () => customer.PutProfile(new("Name", new("c", null, null))),
            () => customer.Notify(new(SubscriptionWord.Unsubscribed, tally.Clock.GetUtcNow())),
            () => customer.Settle([new(default, RecordState.Delivered, "id", "Success", tally.Clock.GetUtcNow())]),
            () => tally.PutProduct("q"),
            () => tally.PutProduct("p", new DimensionConfig("api_calls"), new DimensionConfig("users")),
            () => tenant.Put("Another title"),
            () => tenant.CreateKey("key", ApiScopes.All),
        ];

        foreach (var change in changes)
        {
            await Assert.ThrowsAsync<TenantFrozenException>(change);
        }

        Assert.Equal(1, Assert.Single((await customer.GetUsage())!.Open).Events);
    }

    [Fact]
    public async Task Freeze_NothingIsSealedOrSent_UntilItIsThawed()
    {
        await using var tally = await Start();
        await Post(tally, 5);
        await tally.Freeze();
        await tally.EndHour("p", flushesMax: 3);
        Assert.Empty(tally.Aws.Sent);
        Assert.Empty((await tally.Customer("p", "c").GetUsage())!.Records);

        await tally.Standing().Thaw(isForced: false);
        Assert.Equal((byte)CountStatus.Duplicate, Assert.Single(await Post(tally, 5)));
        await tally.EndHour("p");
        Assert.Equal(5, Assert.Single(tally.Aws.Billed()).Value);
    }

    [Fact]
    public async Task Freeze_OtherTenant_WorksOn()
    {
        await using var tally = await Start();
        await tally.Grains.GetGrain<ITenantMoveGrain>("other").Freeze("moving");
        tally.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Empty(await Post(tally, 1));
    }

    [Fact]
    public async Task Freeze_CallIsUnderWay_EndsOnceItsAnswerIsBooked()
    {
        await using var tally = await Start();
        await Post(tally, 5);
        var (called, answer) = (NewSignal(), NewSignal());
        tally.Aws.AfterStore = _ =>
        {
            called.TrySetResult();
            return answer.Task;
        };
        tally.Clock.Advance(TallyCluster.Period);
        var flush = tally.Delivery("p").Flush();
        await called.Task.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);

        await tally.Move().Freeze("moving");
        tally.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(TenantPhase.Freezing, (await tally.Move().GetStanding()).Phase);
        answer.SetResult();
        await flush;
        await tally.Frozen();

        var record = Assert.Single((await tally.Customer("p", "c").GetUsage())!.Records);
        Assert.Equal(RecordState.Delivered, record.State);
    }

    [Fact]
    public async Task Freeze_RecordsWaitForTheThrottle_TheyAreNotSent()
    {
        const int Customers = 1_000;
        await using var tally = await TallyCluster.Start(
            configure: options => (options.CallRateFirst, options.CallRateMost) = (1, 1));
        await tally.Make();
        for (var customer = 0; customer < Customers; customer++)
        {
            await Post(tally, 1, $"c{customer}");
        }

        tally.Clock.Advance(TallyCluster.Period);
        await tally.Delivery("p").Flush();
        var waiting = (await tally.Delivery("p").GetStatus()).Waiting;
        Assert.True(waiting > 0, "The throttle lets out less than all.");
        await tally.Freeze();
        var sent = tally.Aws.Sent.Count;
        Assert.True(sent < Customers / 2, $"{sent} were sent, far more than until it was heard of.");
        tally.Clock.Advance(TimeSpan.FromMinutes(10));
        await tally.Delivery("p").Flush();
        Assert.Equal(sent, tally.Aws.Sent.Count);

        await tally.Standing().Thaw(isForced: false);
        await tally.Drain("p");
        Assert.Equal(Customers, tally.Aws.Billed().Values.Sum());
        Assert.All(tally.Aws.Sent.Values, once => Assert.Single(once));
    }

    [Fact]
    public async Task Freeze_AwsAskedForALongWait_IsNotWaitedFor()
    {
        await using var tally = await Start();
        await Post(tally, 5);
        tally.Aws.BeforeStore = _ => throw AwsErrors.Throttling("240");
        tally.Clock.Advance(TallyCluster.Period);
        await tally.Delivery("p").Flush();
        var begun = tally.Clock.GetUtcNow();
        await tally.Freeze();

        var taken = tally.Clock.GetUtcNow() - begun;
        Assert.True(taken < TimeSpan.FromMinutes(1), $"It took {taken}.");
    }

    [Fact]
    public async Task GetStanding_AnotherSiloTakesOver_GoesOnAndIsStored()
    {
        await using var first = await Start();
        await using (var second = await first.StartOther())
        {
            Assert.Equal(TenantPhase.Freezing, (await second.Move().Freeze("moving")).Phase);
        }

        await first.Frozen();
        await using var third = await first.StartOther();
        var standing = await third.Move().GetStanding();
        Assert.Equal((TenantPhase.Frozen, "moving"), (standing.Phase, standing.Reason));
    }

    [Fact]
    public async Task Thaw_Moved_OnlyByForce()
    {
        await using var tally = await Start();
        Assert.Equal(TenantPhase.Open, (await tally.Standing().MarkMoved("elsewhere")).Phase);
        await tally.Freeze();
        Assert.Equal(TenantPhase.Moved, (await tally.Standing().MarkMoved("elsewhere")).Phase);
        Assert.Equal(TenantPhase.Moved, (await tally.Standing().Thaw(isForced: false)).Phase);
        Assert.Equal("elsewhere", (await tally.Move().Freeze("again")).MovedTo);
        var refused = await Assert.ThrowsAsync<TenantFrozenException>(() => Post(tally, 1));
        Assert.Contains("elsewhere", refused.Message, StringComparison.Ordinal);

        Assert.Equal(TenantPhase.Open, (await tally.Standing().Thaw(isForced: true)).Phase);
        Assert.Empty(await Post(tally, 1));
    }

    [Fact]
    public async Task Settled_OfAnEarlierFreeze_ChangesNothing()
    {
        await using var tally = await Start();
        var first = await tally.Standing().Freeze("first");
        await tally.Standing().Thaw(isForced: false);
        await tally.Standing().Freeze("second");

        Assert.Equal(TenantPhase.Freezing, (await tally.Standing().Settled(first.FreezeId!)).Phase);
    }

    private static async Task<TallyCluster> Start()
    {
        var tally = await TallyCluster.Start();
        await tally.Make();
        return tally;
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static async Task<byte[]> Post(TallyCluster tally, int units, string customer = "c")
    {
        var batch = UsageEvents.Batch(new UsageEvent(units, units, TallyCluster.NewClock().GetUtcNow()));
        return (await tally.Customer("p", customer).Post(batch)).Statuses.ToArray();
    }
}
