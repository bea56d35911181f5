using Tally.Contracts.Customers;
using Tally.Contracts.Moves;
using Tally.Domain.Quantities;
using Tally.Grains.Tests.Hosting;

namespace Tally.Grains.Tests.Moves;

/// <summary>
/// A silo that nobody can reach doesn't hear of a freeze. What it acknowledges all the same was durable before the
/// freeze was complete.
/// </summary>
public sealed class SplitFreezeTests
{
    [Fact]
    public async Task Post_OnTheOtherSide_IsAcknowledgedOnlyWhileTheFreezeIsNotComplete()
    {
        await using var left = await TallyCluster.Start();
        await left.Make();
        await using var right = await left.StartOther();
        var (acknowledged, id) = (0L, 0);
        await Post(right, ++id);
        acknowledged++;
        await left.Move().Freeze("moving");
        var isRefused = false;
        while ((await left.Move().GetStanding()).Phase != TenantPhase.Frozen)
        {
            try
            {
                await Post(right, ++id);
                Assert.False(isRefused, "Once it has heard of it, it takes no more.");
                acknowledged++;
            }
            catch (TenantFrozenException)
            {
                isRefused = true;
            }

            left.Clock.Advance(TimeSpan.FromMilliseconds(500));
        }

        await Assert.ThrowsAsync<TenantFrozenException>(() => Post(right, ++id));
        Assert.True(acknowledged > 1, "Its lease held for a while.");
        Assert.Equal(acknowledged, (await Open(left)).Events);
    }

    [Fact]
    public async Task Post_LeaseEndsWhileTheJournalWrites_IsNotAcknowledged()
    {
        await using var left = await TallyCluster.Start();
        await left.Make();
        await using var right = await left.StartOther();
        await Post(right, 1);
        var (writing, go) = (NewSignal(), NewSignal());
        left.Journal.BeforeAppend = () =>
        {
            writing.TrySetResult();
            return go.Task;
        };
        var late = Post(right, 2);
        await writing.Task.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        await left.Freeze();
        var before = await Open(left);
        go.SetResult();

        await Assert.ThrowsAsync<TenantFrozenException>(() => late);
        Assert.Equal(1, before.Events);
    }

    [Fact]
    public async Task Post_StandingCannotBeRead_IsNotAcknowledgedAndCountsOnceLater()
    {
        await using var tally = await TallyCluster.Start();
        await tally.Make();
        await Post(tally, 1);
        tally.Storage.FailRead = state => state == "standing";
        tally.Clock.Advance(TimeSpan.FromMinutes(1));
        await Assert.ThrowsAsync<UsageStoreUnavailableException>(() => Post(tally, 2));
        tally.Storage.FailRead = _ => false;

        await Retry.Until(() => Post(tally, 2));
        Assert.Equal(Quantity.OfUnits(3), (await Open(tally)).Quantity);
    }

    [Fact]
    public async Task Flush_OnTheOtherSide_SendsNothingAfterTheFreeze()
    {
        await using var left = await TallyCluster.Start();
        await left.Make();
        await Post(left, 5);
        await using var right = await left.StartOther();
        await right.Delivery("p").Flush();
        await left.Freeze();
        left.Clock.Advance(TallyCluster.Period);
        await right.Delivery("p").Flush();

        Assert.Empty(left.Aws.Sent);
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static async Task Post(TallyCluster side, int units) => await side.Customer("p", "c")
        .Post(UsageEvents.Batch(new UsageEvent(units, units, TallyCluster.NewClock().GetUtcNow())));

    private static async Task<OpenAccumulator> Open(TallyCluster side) =>
        Assert.Single((await side.Customer("p", "c").GetUsage())!.Open);
}
