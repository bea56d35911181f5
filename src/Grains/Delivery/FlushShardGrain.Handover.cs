using Microsoft.Extensions.Logging;
using Tally.Contracts.Delivery;
using Tally.Domain.Delivery;

namespace Tally.Grains.Delivery;

/// <content>What happens to customers of another shard, once the product has more shards, or fewer.</content>
internal sealed partial class FlushShardGrain
{
    private static readonly TimeSpan RecountInterval = TimeSpan.FromMinutes(1);

    private DateTimeOffset _recountAt = DateTimeOffset.MinValue;
    private int _shardCount;

    /// <summary>
    /// Hands the customers that belong elsewhere to their shard. That one has stored them before this one lets go, so
    /// that at every moment some shard knows them; both may send the same record, which does no harm.
    /// </summary>
    private async Task HandOver()
    {
        var now = clock.GetUtcNow();
        if (now < _recountAt)
        {
            return;
        }

        var definition = await catalogue.Refresh(_product);
        _recountAt = now + RecountInterval;
        if (definition is null || definition.FlushShards == _shardCount)
        {
            return;
        }

        var count = definition.FlushShards;
        List<string> others = [.. _index.Known.Where(customer => FlushShards.Of(customer, count) != _shard.Shard)];
        await Bounded.ForEach(others, options.Value.SealConcurrency, async customer =>
        {
            var key = FlushShardKey.Of(_product, customer, count).ToString();
            await GrainFactory.GetGrain<IFlushShardGrain>(key).Register(customer);
        });
        if (others.Count > 0)
        {
            others.ForEach(_index.Remove);
            _queue.RemoveAll(others);
            await Write();
            Log.HandedOver(logger, _shard.ToString(), others.Count, count);
        }

        _shardCount = count;
    }
}
