using Tally.Contracts.Products;
using Tally.Domain.Catalogue;
using Tally.Domain.Sealing;
using Tally.Grains.Tests.Hosting;

namespace Tally.Grains.Tests.Delivery;

/// <summary>A record far beyond the usual waits for a person, but not past its deadline.</summary>
public sealed class GuardTests
{
    [Fact]
    public async Task Seal_QuantityJumps_IsHeldAndTheOthersGo()
    {
        await using var tally = await Jumped();
        Assert.Equal(3, tally.Aws.Billed().Single().Value);
        var record = (await tally.Customer("p", "c").GetUsage())!.Records[^1];
        Assert.Equal((RecordState.Held, 1_000), (record.State, record.Record.Quantity));
        var balance = Assert.Single(await tally.Delivery("p").GetBalances()).Balance;
        Assert.Equal((1_000_000_000, 0), (balance.Held.Micros, balance.Difference.Micros));
    }

    [Fact]
    public async Task Held_PersonReleases_IsSentAndUsualFromThenOn()
    {
        await using var tally = await Jumped();
        Assert.Equal(AmendStatus.Done, await Amend(tally, RecordAct.Release));
        await tally.Drain("p");
        Assert.Equal(1_003, tally.Aws.Billed().Single().Value);

        await Use(tally, 5, 2_000);
        await tally.EndHour("p");
        Assert.Equal(3_003, tally.Aws.Billed().Single().Value);
    }

    [Fact]
    public async Task Held_PersonWritesOff_IsNeverSent()
    {
        await using var tally = await Jumped();
        Assert.Equal(AmendStatus.Done, await Amend(tally, RecordAct.WriteOff));
        tally.Clock.Advance(TimeSpan.FromHours(25));
        await tally.EndHour("p");
        Assert.Equal(3, tally.Aws.Billed().Single().Value);
    }

    [Fact]
    public async Task Held_DeadlineNears_IsSentBeforeIt()
    {
        await using var tally = await Jumped();
        tally.Clock.Advance(TimeSpan.FromHours(22));
        await tally.Drain("p");
        await tally.Delivery("p").Flush();
        Assert.Equal(3, tally.Aws.Billed().Single().Value);

        // Its deadline is 24 hours after the hour's end, and the margin half an hour.
        tally.Clock.Advance(TimeSpan.FromMinutes(75));
        await tally.Delivery("p").Flush();
        await tally.Drain("p");
        Assert.Equal(1_003, tally.Aws.Billed().Single().Value);
        Assert.All(tally.Aws.Sent.Values, sent => Assert.Single(sent));
    }

    [Fact]
    public async Task Held_SubscriptionEnds_IsSentAtOnce()
    {
        await using var tally = await Jumped();
        await tally.Customer("p", "c").Notify(new(
            Domain.Subscriptions.SubscriptionWord.UnsubscribePending, tally.Clock.GetUtcNow()));
        await Retry.Until(async () =>
        {
            tally.Clock.Advance(TimeSpan.FromSeconds(1));
            await tally.Delivery("p").Flush();
            Assert.Equal(1_003, tally.Aws.Billed().Single().Value);
        });
    }

    private static async Task<TallyCluster> Jumped()
    {
        var tally = await TallyCluster.Start();
        var config = new ProductConfig(null, null, [new("api_calls")]) { Guard = new(10, 100) };
        var product = new ProductKey(TallyCluster.Tenant, "p");
        Assert.Empty((await tally.Grains.GetGrain<IProductGrain>(product.ToString()).Put(config)).Errors);
        for (var hour = 1; hour <= 3; hour++)
        {
            await Use(tally, hour, 1);
            await tally.EndHour("p");
        }

        await Use(tally, 4, 1_000);
        await tally.EndHour("p");
        return tally;
    }

    private static async Task Use(TallyCluster tally, int id, int quantity) => await tally.Customer("p", "c")
        .Post(UsageEvents.Batch(new UsageEvent(id, quantity, tally.Clock.GetUtcNow())));

    private static async Task<AmendStatus> Amend(TallyCluster tally, RecordAct act)
    {
        var grain = tally.Customer("p", "c");
        var record = (await grain.GetUsage())!.Records.Single(view => view.State == RecordState.Held).Record;
        return (await grain.Amend(new(record.Key, act, "ops", "because", null))).Status;
    }
}
