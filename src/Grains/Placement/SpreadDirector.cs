using Orleans.Runtime;
using Orleans.Runtime.Placement;
using Tally.Domain.Catalogue;
using Tally.Domain.Delivery;

namespace Tally.Grains.Placement;

/// <summary>
/// Finds the silo of a customer by the hash that finds its flush shard. With as many shards as silos, a shard and all
/// of its customers are on one silo; with other numbers, as many as the hash allows. Products begin at different silos,
/// so that those with one shard don't meet.
/// </summary>
/// <remarks>
/// Only where an actor starts is decided here. When silos come and go, those that run stay where they are, and of the
/// others the hash moves no more than it has to.
/// </remarks>
internal sealed class SpreadDirector : IPlacementDirector
{
    /// <inheritdoc />
    public Task<SiloAddress> OnAddActivation(
        PlacementStrategy strategy, PlacementTarget target, IPlacementContext context)
    {
        var silos = context.GetCompatibleSilos(target);
        Array.Sort(silos);
        var key = target.GrainIdentity.Key.ToString() ?? "";
        var index = strategy is ShardPlacement
            ? IndexOf(FlushShardKey.Parse(key), silos.Length)
            : IndexOf(CustomerKey.Parse(key), silos.Length);
        return Task.FromResult(silos[index]);
    }

    /// <summary>Finds the silo of a customer.</summary>
    /// <param name="key">The customer.</param>
    /// <param name="silos">How many silos there are, at least one.</param>
    /// <returns>The silo, from 0.</returns>
    internal static int IndexOf(CustomerKey key, int silos) =>
        IndexOf(key.Product, FlushShards.Of(key.Customer, silos), silos);

    /// <summary>Finds the silo of a flush shard.</summary>
    /// <param name="key">The shard.</param>
    /// <param name="silos">How many silos there are, at least one.</param>
    /// <returns>The silo, from 0.</returns>
    internal static int IndexOf(FlushShardKey key, int silos) => IndexOf(key.Product, key.Shard, silos);

    private static int IndexOf(ProductKey product, int place, int silos) =>
        (FlushShards.Of(product.ToString(), silos) + place) % silos;
}
