using Tally.Contracts.Customers;
using Tally.Domain.Counting;
using Tally.Domain.Sealing;
using Tally.Domain.Subscriptions;
using Tally.Grains.Tests.Hosting;

namespace Tally.Grains.Tests.Delivery;

/// <summary>Customers that aren't subscribed, and those whose subscription ends.</summary>
public sealed class SubscriptionTests
{
    [Fact]
    public async Task Seal_CustomerIsRefused_LaterRecordsAreParkedWithoutAsking()
    {
        await using var tally = await Refused();
        var calls = tally.Aws.CallSizes.Count;
        await Use(tally, 2);
        await tally.EndHour("p");

        var records = (await tally.Customer("p", "c").GetUsage())!.Records;
        Assert.Equal([RecordState.Parked, RecordState.Parked], records.Select(record => record.State));
        Assert.Equal(2, (await tally.Delivery("p").GetStatus()).Parked);

        // Every 15 minutes one record asks; an hour and some seconds are four times.
        Assert.InRange(tally.Aws.CallSizes.Count - calls, 0, 5);
        Assert.All(tally.Aws.Sent.Keys, key => Assert.Equal("c", key.Customer));
        Assert.Single(tally.Aws.Sent);
    }

    [Fact]
    public async Task Probe_CustomerIsSubscribedAgain_AllItsRecordsGo()
    {
        await using var tally = await Refused();
        await Use(tally, 2);
        await tally.EndHour("p");
        tally.Aws.Unsubscribed.Clear();
        await tally.Delivery("p").Flush();
        Assert.Empty(tally.Aws.Billed());
        await Later(tally, TimeSpan.FromMinutes(16));

        Assert.Equal(6, tally.Aws.Billed().Single().Value);
        Assert.Equal(0, (await tally.Delivery("p").GetStatus()).Parked);
        Assert.Equal(new(null, null), await tally.Customer("p", "c").GetSubscription());
    }

    [Fact]
    public async Task Probe_SwitchedOff_OnlyANoticeReleases()
    {
        await using var tally = await Refused(TimeSpan.Zero);
        tally.Aws.Unsubscribed.Clear();
        await Later(tally, TimeSpan.FromHours(20));
        Assert.Empty(tally.Aws.Billed());
        await Notify(tally, SubscriptionWord.Subscribed);
        await Later(tally, TimeSpan.FromSeconds(5));

        Assert.Equal(3, tally.Aws.Billed().Single().Value);
    }

    [Fact]
    public async Task Notify_Subscribed_ReleasesAtOnce()
    {
        await using var tally = await Refused();
        tally.Aws.Unsubscribed.Clear();
        var known = await Notify(tally, SubscriptionWord.Subscribed);

        Assert.False(known!.IsRefused);
        var record = Assert.Single((await tally.Customer("p", "c").GetUsage())!.Records);
        Assert.Contains("released", record.Last!.Reason, StringComparison.Ordinal);
        await Retry.Until(async () =>
        {
            await Later(tally, TimeSpan.FromSeconds(2));
            Assert.Equal(3, tally.Aws.Billed().Single().Value);
        });
    }

    [Fact]
    public async Task Restart_CustomerIsRefused_IsStillKnown()
    {
        await using var tally = await Refused();
        await tally.Silos.KillSiloAsync(tally.Silos.Silos[0]);
        await tally.Silos.StartAdditionalSiloAsync();
        await Retry.Until(async () =>
            Assert.True((await tally.Customer("p", "c").GetSubscription())!.IsRefused));
    }

    [Fact]
    public async Task Notify_UnsubscribePending_SealsTheOpenHourAndSendsItAheadOfAllElse()
    {
        await using var tally = await TallyCluster.Start();
        await tally.PutProduct("p");
        for (var other = 0; other < 60; other++)
        {
            await tally.Customer("p", $"other-{other}").Post(Usage(tally, 1, 1));
        }

        var order = new List<string>();
        tally.Aws.AfterStore = request =>
        {
            order.AddRange(request.UsageRecords.Select(record => record.CustomerIdentifier));
            return Task.CompletedTask;
        };
        tally.Clock.Advance(TallyCluster.Period);
        await Use(tally, 7);
        var now = tally.Clock.GetUtcNow();
        await Notify(tally, SubscriptionWord.UnsubscribePending);
        await Retry.Until(async () =>
        {
            await Later(tally, TimeSpan.FromSeconds(2));
            Assert.Equal(61, tally.Aws.Billed().Count);
        });

        Assert.Equal("c", order[0]);
        var record = Assert.Single((await tally.Customer("p", "c").GetUsage())!.Records).Record;
        Assert.Equal((now, 3), (record.Timestamp, record.Quantity));
    }

    [Fact]
    public async Task Post_AfterUnsubscribePending_IsRefusedAlsoByTheNextActivation()
    {
        await using var tally = await TallyCluster.Start();
        await tally.PutProduct("p");
        await Use(tally, 1);
        await Notify(tally, SubscriptionWord.UnsubscribePending);
        await tally.Silos.KillSiloAsync(tally.Silos.Silos[0]);
        await tally.Silos.StartAdditionalSiloAsync();
        await Retry.Until(async () =>
        {
            var reply = await tally.Customer("p", "c").Post(Usage(tally, 2, 3));
            Assert.Equal([(byte)CountStatus.NotSubscribed], reply.Statuses.ToArray());
        });
        await Retry.Until(async () =>
        {
            await Later(tally, TimeSpan.FromSeconds(5));
            Assert.Equal(3, tally.Aws.Billed().Single().Value);
        });

        await Notify(tally, SubscriptionWord.Subscribed);
        await Use(tally, 3);
        await tally.EndHour("p");
        await tally.EndHour("p");
        Assert.Equal(6, tally.Aws.Billed().Single().Value);
        Assert.All(tally.Aws.Sent.Values, sent => Assert.Single(sent));
    }

    [Fact]
    public async Task Notify_StoreSaysNo_IsNotAcknowledgedAndDoesNotStay()
    {
        await using var tally = await TallyCluster.Start();
        await tally.PutProduct("p");
        await Use(tally, 1);
        tally.Storage.FailWrite = state => state == "customer";
        await Assert.ThrowsAsync<UsageStoreUnavailableException>(
            () => Notify(tally, SubscriptionWord.UnsubscribePending));
        tally.Storage.FailWrite = _ => false;
        await Retry.Until(async () =>
        {
            Assert.True((await tally.Customer("p", "c").GetSubscription())!.TakesUsage);
            Assert.Single((await tally.Customer("p", "c").GetUsage())!.Open);
        });
    }

    private static async Task<TallyCluster> Refused(TimeSpan? probeInterval = null)
    {
        var tally = await TallyCluster.Start(
            configure: options => options.ParkedProbeInterval = probeInterval ?? options.ParkedProbeInterval);
        await tally.PutProduct("p");
        tally.Aws.Unsubscribed.Add("c");
        await Use(tally, 1);
        await tally.EndHour("p");
        Assert.True((await tally.Customer("p", "c").GetSubscription())!.IsRefused);
        return tally;
    }

    private static async Task Later(TallyCluster tally, TimeSpan time)
    {
        tally.Clock.Advance(time);
        await tally.Delivery("p").Flush();
        tally.Clock.Advance(TimeSpan.FromSeconds(1));
        await tally.Delivery("p").Flush();
    }

    private static Task<Subscription?> Notify(TallyCluster tally, SubscriptionWord word) =>
        tally.Customer("p", "c").Notify(new(word, tally.Clock.GetUtcNow()));

    private static async Task Use(TallyCluster tally, int id) =>
        await tally.Customer("p", "c").Post(Usage(tally, id, 3));

    private static UsageBatch Usage(TallyCluster tally, int id, int quantity) =>
        UsageEvents.Batch(new UsageEvent(id, quantity, tally.Clock.GetUtcNow()));
}
