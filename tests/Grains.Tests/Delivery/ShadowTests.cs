using Tally.Contracts.Products;
using Tally.Domain.Catalogue;
using Tally.Domain.Counting;
using Tally.Domain.Sealing;
using Tally.Domain.Subscriptions;
using Tally.Grains.Tests.Hosting;

namespace Tally.Grains.Tests.Delivery;

/// <summary>A product that another pipeline still delivers: computed, compared, not sent.</summary>
public sealed class ShadowTests
{
    private static readonly DateTimeOffset Until = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Seal_HoursBeforeTheSwitch_AreComputedAndNotSent()
    {
        await using var tally = await Shadowed();
        await Use(tally, 1, 5);
        await tally.EndHour("p");
        await Use(tally, 2, 6);
        await tally.EndHour("p");
        Assert.Empty(tally.Aws.Sent);
        var records = (await tally.Customer("p", "c").GetUsage())!.Records;
        Assert.Equal(
            [(RecordState.Shadowed, 5), (RecordState.Shadowed, 6)],
            records.Select(view => (view.State, view.Record.Quantity)));

        await Use(tally, 3, 7);
        await tally.EndHour("p");
        Assert.Equal(7, tally.Aws.Billed().Single().Value);
        var balance = Assert.Single(await tally.Delivery("p").GetBalances()).Balance;
        Assert.Equal((11_000_000, 7_000_000), (balance.Shadowed.Micros, balance.Delivered.Micros));
        Assert.Equal(0, balance.Difference.Micros);
    }

    [Fact]
    public async Task Post_LateUsageOfAShadow_IsNotChargedInAnotherHour()
    {
        await using var tally = await Shadowed();
        var shadowed = tally.Clock.GetUtcNow();
        await Use(tally, 1, 5);
        await tally.EndHour("p");
        var late = await tally.Customer("p", "c").Post(UsageEvents.Batch(new UsageEvent(2, 1, shadowed)));
        Assert.True(late.Statuses.IsEmpty);
        await tally.EndHour("p");
        late = await tally.Customer("p", "c").Post(UsageEvents.Batch(new UsageEvent(3, 1, shadowed)));
        Assert.Equal([(byte)CountStatus.HourClosed], late.Statuses.ToArray());
        await tally.EndHour("p");
        Assert.Empty(tally.Aws.Sent);
    }

    [Fact]
    public async Task Notify_SubscriptionEndsInAShadow_NothingIsSent()
    {
        await using var tally = await Shadowed();
        await Use(tally, 1, 5);
        await tally.Customer("p", "c").Notify(new(SubscriptionWord.UnsubscribePending, tally.Clock.GetUtcNow()));
        tally.Clock.Advance(TimeSpan.FromSeconds(5));
        await tally.Delivery("p").Flush();

        Assert.Empty(tally.Aws.Sent);
        var record = Assert.Single((await tally.Customer("p", "c").GetUsage())!.Records);
        Assert.Equal(RecordState.Shadowed, record.State);
    }

    [Fact]
    public async Task Put_ShadowBegins_WhatIsSealedAlreadyIsStillSent()
    {
        await using var tally = await TallyCluster.Start();
        await Put(tally, null);
        tally.Aws.BeforeStore = _ => throw new IOException("down");
        await Use(tally, 1, 5);
        tally.Clock.Advance(TallyCluster.Period);
        await tally.Delivery("p").Flush();
        await Put(tally, Until.AddHours(10));
        tally.Aws.BeforeStore = _ => Task.CompletedTask;
        tally.Clock.Advance(TimeSpan.FromMinutes(5));
        await tally.Drain("p");
        Assert.Equal(5, tally.Aws.Billed().Single().Value);
    }

    [Fact]
    public async Task Put_SwitchWithinAnHour_IsRefused()
    {
        await using var tally = await TallyCluster.Start();
        var decision = await Put(tally, Until.AddMinutes(30));
        Assert.Equal(("shadowUntil", "not_an_hour"), (decision.Errors.Single().Field, decision.Errors.Single().Code));
    }

    private static async Task<TallyCluster> Shadowed()
    {
        var tally = await TallyCluster.Start();
        Assert.Empty((await Put(tally, Until)).Errors);
        return tally;
    }

    private static Task<CatalogueDecision> Put(TallyCluster tally, DateTimeOffset? until) =>
        tally.Grains.GetGrain<IProductGrain>(new ProductKey(TallyCluster.Tenant, "p").ToString())
            .Put(new ProductConfig(null, null, [new("api_calls")]) { ShadowUntil = until });

    private static async Task Use(TallyCluster tally, int id, int quantity) => await tally.Customer("p", "c")
        .Post(UsageEvents.Batch(new UsageEvent(id, quantity, tally.Clock.GetUtcNow())));
}
