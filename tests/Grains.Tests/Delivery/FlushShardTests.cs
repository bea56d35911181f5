using Tally.Contracts.Products;
using Tally.Domain.Catalogue;
using Tally.Domain.Delivery;
using Tally.Grains.Tests.Hosting;

namespace Tally.Grains.Tests.Delivery;

/// <summary>A product whose sealing and submitting is spread over several actors and silos.</summary>
public sealed class FlushShardTests
{
    private const int Customers = 400;

    [Fact]
    public async Task Flush_SeveralShardsOnSeveralSilos_DeliverEverythingOnceInFullCalls()
    {
        await using var tally = await TallyCluster.Start(silos: 2);
        await Shards(tally, 4);
        await UseAll(tally, 1);
        await tally.EndHour("p");

        AssertBilled(tally, 1);
        var status = await tally.Delivery("p").GetStatus();
        Assert.Equal((Customers, 0, (long)Customers), (status.Customers, status.Waiting, status.Delivered));
        Assert.InRange(tally.Aws.CallSizes.Count, Customers / 25, (Customers / 25) + 4);
        for (var shard = 0; shard < 4; shard++)
        {
            Assert.InRange((await tally.Shard("p", shard).GetStatus()).Customers, 60, 140);
        }
    }

    [Fact]
    public async Task Flush_NumberOfShardsChanges_CustomersAreHandedOver()
    {
        await using var tally = await TallyCluster.Start();
        await Shards(tally, 1);
        await UseAll(tally, 1);
        await Shards(tally, 5);
        await UseAll(tally, 2);
        await tally.EndHour("p");
        AssertBilled(tally, 2);
        Assert.Equal(Customers, (await tally.Delivery("p").GetStatus()).Customers);
        Assert.InRange((await tally.Shard("p").GetStatus()).Customers, 40, 120);

        await Shards(tally, 2);
        await UseAll(tally, 3);
        tally.Clock.Advance(TimeSpan.FromMinutes(1));
        for (var shard = 0; shard < 5; shard++)
        {
            // Every shard has its own timer, also one that is no longer the product's.
            await tally.Shard("p", shard).Flush();
        }

        await tally.EndHour("p");
        AssertBilled(tally, 3);
        Assert.Equal(Customers, (await tally.Delivery("p").GetStatus()).Customers);
        Assert.Equal(0, (await tally.Shard("p", 4).GetStatus()).Customers);
    }

    [Fact]
    public async Task ListCustomers_SeveralShards_AreOneListInOrder()
    {
        await using var tally = await TallyCluster.Start();
        await Shards(tally, 3);
        await UseAll(tally, 1);
        var names = new List<string>();
        IReadOnlyList<string> page;
        do
        {
            page = await tally.Delivery("p").ListCustomers(names.LastOrDefault(), 70);
            names.AddRange(page);
        }
        while (page.Count == 70);

        Assert.Equal(
            Enumerable.Range(0, Customers).Select(customer => $"{customer}").Order(StringComparer.Ordinal), names);
        var balance = Assert.Single(await tally.Delivery("p").GetBalances()).Balance;
        Assert.Equal((Int128)Customers * 1_000_000, balance.Open.Micros);
    }

    [Fact]
    public async Task Throttle_SeveralShards_ShareOneRate()
    {
        await using var tally = await TallyCluster.Start(silos: 2, options => options.CallRateMost = 2);
        await Shards(tally, 4);
        await UseAll(tally, 1);
        tally.Clock.Advance(TallyCluster.Period);
        var start = tally.Clock.GetUtcNow();
        var times = new List<DateTimeOffset>();
        tally.Aws.AfterStore = _ =>
        {
            lock (times)
            {
                times.Add(tally.Clock.GetUtcNow());
            }

            return Task.CompletedTask;
        };
        await Retry.Until(async () =>
        {
            tally.Clock.Advance(TimeSpan.FromMilliseconds(100));
            await tally.Delivery("p").Flush();
            Assert.Equal(0, (await tally.Delivery("p").GetStatus()).Waiting);
        });

        // Sixteen full calls and up to three that aren't, two a second.
        AssertBilled(tally, 1);
        Assert.True(times.Max() - start >= TimeSpan.FromSeconds((times.Count - 2) / 2.0), $"{times.Max() - start}");
    }

    [Fact]
    public async Task Throttle_SiloStops_WhatWasLearntIsStored()
    {
        await using var tally = await TallyCluster.Start();
        await Shards(tally, 1);
        await UseAll(tally, 1);
        await tally.EndHour("p");
        await tally.Silos.StopSiloAsync(tally.Silos.Silos[0]);
        Assert.Equal(1, tally.Storage.Writes["throttle"]);
        await tally.Silos.StartAdditionalSiloAsync();
        await Retry.Until(() => UseAll(tally, 2));
        await Retry.Until(async () =>
        {
            await tally.EndHour("p");
            AssertBilled(tally, 2);
        });
    }

    [Theory]
    [InlineData(0)]
    [InlineData(FlushShards.CountMax + 1)]
    public async Task Put_WrongNumberOfShards_IsRefused(int count)
    {
        await using var tally = await TallyCluster.Start();
        var decision = await Put(tally, count);
        Assert.Equal("flushShards", Assert.Single(decision.Errors).Field);
    }

    private static async Task Shards(TallyCluster tally, int count) =>
        Assert.Empty((await Put(tally, count)).Errors);

    private static Task<CatalogueDecision> Put(TallyCluster tally, int count) =>
        tally.Grains.GetGrain<IProductGrain>(new ProductKey(TallyCluster.Tenant, "p").ToString())
            .Put(new ProductConfig(null, null, [new("api_calls")]) { FlushShards = count });

    private static Task UseAll(TallyCluster tally, int id)
    {
        var now = tally.Clock.GetUtcNow();
        return Task.WhenAll(Enumerable.Range(0, Customers).Select(customer =>
            tally.Customer("p", $"{customer}").Post(UsageEvents.Batch(new UsageEvent(id, 1, now))).AsTask()));
    }

    private static void AssertBilled(TallyCluster tally, int each)
    {
        Assert.Equal(Customers, tally.Aws.Billed().Count);
        Assert.All(tally.Aws.Billed().Values, billed => Assert.Equal(each, billed));
        Assert.All(tally.Aws.Sent.Values, sent => Assert.Single(sent));
    }
}
