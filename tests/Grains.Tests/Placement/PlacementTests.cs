using Orleans.Runtime;
using Tally.Domain.Catalogue;
using Tally.Domain.Delivery;
using Tally.Grains.Tests.Hosting;

namespace Tally.Grains.Tests.Placement;

public sealed class PlacementTests
{
    private const int Customers = 200;

    [Fact]
    public async Task Customers_OfAProductWithAsManyShardsAsSilos_AreAllWhereTheirShardIs()
    {
        await using var tally = await TallyCluster.Start(silos: 2);
        await tally.PutProduct("search", new ProductConfig(null, null, [new("api_calls")]) { FlushShards = 2 });
        await UseAll(tally);

        var silos = await FindSilos(tally);
        var product = new ProductKey(TallyCluster.Tenant, "search");
        var shards = new[] { Silo(new FlushShardKey(product, 0)), Silo(new FlushShardKey(product, 1)) };
        Assert.NotEqual(shards[0], shards[1]);
        for (var index = 0; index < Customers; index++)
        {
            var customer = $"c-{index}";
            var shard = FlushShards.Of(customer, 2);
            Assert.Equal(shards[shard], Silo(new CustomerKey(product, customer)));
        }

        string Silo(object key) => silos[key.ToString()!];
    }

    [Fact]
    public async Task Customers_OfAProductWithOneShard_AreSpread()
    {
        await using var tally = await TallyCluster.Start(silos: 2);
        await tally.PutProduct("search");
        await UseAll(tally);

        var silos = await FindSilos(tally);
        var counts = silos.Where(pair => pair.Key.Contains("|c-", StringComparison.Ordinal))
            .CountBy(pair => pair.Value).Select(pair => pair.Value);
        Assert.All(counts, count => Assert.InRange(count, Customers / 3, Customers * 2 / 3));
    }

    private static Task UseAll(TallyCluster tally) => Task.WhenAll(Enumerable.Range(0, Customers).Select(index =>
        tally.Customer("search", $"c-{index}")
            .Post(UsageEvents.Batch(new UsageEvent(index, 1, tally.Clock.GetUtcNow())))
            .AsTask()));

    private static async Task<Dictionary<string, string>> FindSilos(TallyCluster tally)
    {
        var statistics = await tally.Grains.GetGrain<IManagementGrain>(0).GetDetailedGrainStatistics();
        return statistics
            .Where(one => one.GrainType.Contains("CustomerGrain", StringComparison.Ordinal)
                || one.GrainType.Contains("FlushShardGrain", StringComparison.Ordinal))
            .ToDictionary(one => one.GrainId.Key.ToString()!, one => one.SiloAddress.ToString());
    }
}
