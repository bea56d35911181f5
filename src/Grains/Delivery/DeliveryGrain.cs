using Orleans.Concurrency;
using Tally.Contracts.Customers;
using Tally.Contracts.Delivery;
using Tally.Domain.Catalogue;
using Tally.Domain.Conservation;
using Tally.Domain.Delivery;
using Tally.Grains.Products;

namespace Tally.Grains.Delivery;

/// <summary>Asks a product's flush shards, and puts their answers together. Has nothing of its own.</summary>
/// <param name="catalogue">Says how many shards there are.</param>
[StatelessWorker, Reentrant]
internal sealed class DeliveryGrain(CatalogueCache catalogue) : Grain, IDeliveryGrain
{
    /// <inheritdoc />
    public Task Flush() => Ask(async shard =>
    {
        await shard.Flush();
        return true;
    });

    /// <inheritdoc />
    public async Task<DeliveryStatus> GetStatus() =>
        (await Ask(shard => shard.GetStatus())).Aggregate((one, other) => one + other);

    /// <inheritdoc />
    public async Task<IReadOnlyList<DimensionBalance>> GetBalances() =>
    [
        .. (await Ask(shard => shard.GetBalances()))
            .SelectMany(balances => balances)
            .GroupBy(balance => balance.Dimension, StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => new DimensionBalance(
                group.Key, group.Aggregate(default(Balance), (sum, balance) => sum + balance.Balance))),
    ];

    /// <inheritdoc />
    public async Task<IReadOnlyList<string>> ListCustomers(string? after, int countMax) =>
    [
        .. (await Ask(shard => shard.ListCustomers(after, countMax)))
            .SelectMany(customers => customers)
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .Take(countMax),
    ];

    private async Task<T[]> Ask<T>(Func<IFlushShardGrain, Task<T>> question)
    {
        var product = ProductKey.Parse(this.GetPrimaryKeyString());
        var count = (await catalogue.Refresh(product))?.FlushShards ?? 1;
        return await Task.WhenAll(Enumerable.Range(0, count).Select(shard =>
            question(GrainFactory.GetGrain<IFlushShardGrain>(new FlushShardKey(product, shard).ToString()))));
    }
}
