using Amazon.AWSMarketplaceMetering.Model;
using Tally.Contracts.Customers;
using Tally.Domain.Sealing;
using Tally.Grains.Tests.Hosting;

namespace Tally.Grains.Tests.Delivery;

/// <summary>What a person does with a record that AWS didn't take, from the act to what AWS holds in the end.</summary>
public sealed class AmendTests
{
    [Fact]
    public async Task Amend_WrongDimensionCorrected_IsDeliveredOnceUnderTheRightOne()
    {
        await using var tally = await Quarantined();
        var reply = await Amend(tally, RecordAct.Correct, new("new", null));

        Assert.Equal((AmendStatus.Done, RecordState.Waiting), (reply.Status, reply.Record!.State));
        Assert.Equal(1, (await tally.Delivery("p").GetStatus()).Waiting);
        await tally.Drain("p");
        await tally.Delivery("p").Flush();
        Assert.Equal([(("c", "new"), 7L)], tally.Aws.Billed().Select(pair => (pair.Key, pair.Value)));
        Assert.Equal(2, tally.Aws.Sent.Count);
        await AssertBalance(tally, delivered: 7, writtenOff: 0);
    }

    [Fact]
    public async Task Amend_ReleasedUnmended_ComesBackAndTheOthersAreDelivered()
    {
        await using var tally = await Quarantined();
        await Amend(tally, RecordAct.Release);
        await tally.Drain("p");

        var view = Assert.Single((await tally.Customer("p", "c").GetUsage())!.Records);
        Assert.Equal(RecordState.Quarantined, view.State);
        Assert.Contains("InvalidUsageDimensionException", view.Last!.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Amend_CustomerIsRestartedAtOnce_TheActIsStillThere()
    {
        await using var tally = await Quarantined();
        await LeaveTheIndex(tally);
        await Amend(tally, RecordAct.Correct, new("new", new("buyer", null, null)));
        await tally.Silos.KillSiloAsync(tally.Silos.Silos[0]);
        await tally.Silos.StartAdditionalSiloAsync();
        await Retry.Until(async () =>
        {
            await tally.Drain("p");
            Assert.Equal(7, tally.Aws.Billed()[("buyer", "new")]);
        });
        await AssertBalance(tally, delivered: 7, writtenOff: 0);
    }

    [Fact]
    public async Task Amend_JournalSaysNo_IsNotAcknowledgedAndDoesNotStay()
    {
        await using var tally = await Quarantined();
        tally.Journal.Failures = () => AppendFailure.StoreNothing;
        await Assert.ThrowsAsync<UsageStoreUnavailableException>(() => Amend(tally, RecordAct.WriteOff));
        tally.Journal.Failures = null;
        await Retry.Until(async () => Assert.Equal(
            RecordState.Quarantined, Assert.Single((await tally.Customer("p", "c").GetUsage())!.Records).State));
        Assert.Equal(AmendStatus.Done, (await Amend(tally, RecordAct.WriteOff)).Status);
        await AssertBalance(tally, delivered: 0, writtenOff: 7);
    }

    [Fact]
    public async Task Amend_ParkedReleased_IsSentWithTheNextFlush()
    {
        await using var tally = await Parked();
        tally.Aws.Unsubscribed.Clear();
        await tally.Delivery("p").Flush();
        Assert.Empty(tally.Aws.Billed());
        await Amend(tally, RecordAct.Release);
        await tally.Drain("p");
        Assert.Equal(7, tally.Aws.Billed()[("c", "new")]);
    }

    [Fact]
    public async Task Amend_ParkedWrittenOff_IsNeverSentAgain()
    {
        await using var tally = await Parked();
        await Amend(tally, RecordAct.WriteOff);
        Assert.Equal(0, (await tally.Delivery("p").GetStatus()).Parked);
        tally.Aws.Unsubscribed.Clear();
        tally.Clock.Advance(TimeSpan.FromMinutes(16));
        await tally.Delivery("p").Flush();
        await tally.EndHour("p");

        Assert.Empty(tally.Aws.Billed());
        await AssertBalance(tally, delivered: 0, writtenOff: 7);
    }

    [Fact]
    public async Task Amend_WrittenOffWhileACallDeliversIt_IsDelivered()
    {
        await using var tally = await Parked();
        tally.Aws.Unsubscribed.Clear();
        tally.Clock.Advance(TimeSpan.FromMinutes(16));
        var (reached, answer) = (new TaskCompletionSource(), new TaskCompletionSource());
        tally.Aws.AfterStore = _ =>
        {
            reached.TrySetResult();
            return answer.Task;
        };
        var flush = tally.Delivery("p").Flush();
        await reached.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        Assert.Equal(AmendStatus.Done, (await Amend(tally, RecordAct.WriteOff)).Status);
        await AssertBalance(tally, delivered: 0, writtenOff: 7);
        answer.SetResult();
        await flush;

        await AssertBalance(tally, delivered: 7, writtenOff: 0);
    }

    [Fact]
    public async Task Amend_WrittenOffBehindACallUnderWay_IsNotSentAnyMore()
    {
        await using var tally = await TallyCluster.Start(configure: options => options.CallsMax = 1);
        await tally.PutProduct("p", new("old"), new("new"));
        for (var number = 1; number <= 30; number++)
        {
            tally.Aws.Unsubscribed.Add($"{number:00}");
            await tally.Customer("p", $"{number:00}").Post(Usage(tally, number, ordinal: 1));
        }

        await tally.EndHour("p");
        tally.Aws.Unsubscribed.Clear();
        tally.Clock.Advance(TimeSpan.FromMinutes(16));
        var isFirst = true;
        tally.Aws.BeforeStore = async _ =>
        {
            if (isFirst)
            {
                isFirst = false;
                await Amend(tally, RecordAct.WriteOff, customer: "30");
            }
        };
        await tally.Delivery("p").Flush();
        tally.Clock.Advance(TimeSpan.FromSeconds(5));
        await tally.Delivery("p").Flush();

        Assert.Equal(29, tally.Aws.Billed().Count);
        await AssertBalance(tally, delivered: 29 * 7, writtenOff: 7);
    }

    /// <summary>Has the customer leave the flush index, and another enter it, so that the index is stored.</summary>
    private static async Task LeaveTheIndex(TallyCluster tally)
    {
        await tally.EndHour("p");
        Assert.Equal(0, (await tally.Delivery("p").GetStatus()).ActiveCustomers);
        await tally.Shard("p").Register("d");
    }

    private static UsageBatch Usage(TallyCluster tally, int id, int ordinal) =>
        UsageEvents.Batch(new UsageEvent(id, 7, tally.Clock.GetUtcNow(), ordinal));

    private static async Task<TallyCluster> Quarantined()
    {
        var tally = await TallyCluster.Start();
        await tally.PutProduct("p", new("old"), new("new"));
        tally.Aws.BeforeStore = request => request.UsageRecords.Exists(record => record.Dimension == "old")
            ? throw new InvalidUsageDimensionException("no such dimension")
            {
                ErrorCode = "InvalidUsageDimensionException",
            }
            : Task.CompletedTask;
        await tally.Customer("p", "c").Post(Usage(tally, 1, ordinal: 0));
        await tally.EndHour("p");
        return tally;
    }

    private static async Task<TallyCluster> Parked()
    {
        var tally = await TallyCluster.Start();
        await tally.PutProduct("p", new("old"), new("new"));
        tally.Aws.Unsubscribed.Add("c");
        await tally.Customer("p", "c").Post(Usage(tally, 1, ordinal: 1));
        await tally.EndHour("p");
        return tally;
    }

    private static async Task<AmendReply> Amend(
        TallyCluster tally, RecordAct act, RecordCorrection? correction = null, string customer = "c")
    {
        var grain = tally.Customer("p", customer);
        var record = Assert.Single((await grain.GetUsage())!.Records).Record;
        return await grain.Amend(new(record.Key, act, "ops", "because", correction));
    }

    private static async Task AssertBalance(TallyCluster tally, int delivered, int writtenOff)
    {
        var balances = (await tally.Delivery("p").GetBalances()).Select(balance => balance.Balance).ToList();
        Assert.Equal(delivered * 1_000_000, balances.Sum(balance => (long)balance.Delivered.Micros));
        Assert.Equal(writtenOff * 1_000_000, balances.Sum(balance => (long)balance.WrittenOff.Micros));
        Assert.All(balances, balance => Assert.Equal(0, (long)balance.Difference.Micros));
    }
}
