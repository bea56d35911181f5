namespace Tally.Domain.Delivery;

/// <summary>Into which flush shard of its product a customer belongs.</summary>
public static class FlushShards
{
    /// <summary>How many shards a product may have.</summary>
    public const int CountMax = 256;

    private const ulong FnvOffset = 14_695_981_039_346_656_037;
    private const ulong FnvPrime = 1_099_511_628_211;

    /// <summary>Finds a customer's shard. The same for ever, so that every process finds the same.</summary>
    /// <param name="customer">The customer.</param>
    /// <param name="count">How many shards there are, 1 to <see cref="CountMax"/>.</param>
    /// <returns>
    /// The shard, from 0. With one shard more, only as many customers change theirs as the new one needs (Lamping and
    /// Veach, "A Fast, Minimal Memory, Consistent Hash Algorithm", 2014).
    /// </returns>
    public static int Of(string customer, int count)
    {
        ArgumentException.ThrowIfNullOrEmpty(customer);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        if (count == 1)
        {
            return 0;
        }

        var hash = HashOf(customer);
        var shard = -1L;
        var next = 0L;
        while (next < count)
        {
            shard = next;
            hash = unchecked((hash * 2_862_933_555_777_941_757) + 1);
            next = (long)((shard + 1) * ((1L << 31) / (double)((hash >> 33) + 1)));
        }

        return (int)shard;
    }

    private static ulong HashOf(string customer)
    {
        var hash = FnvOffset;
        foreach (var character in customer)
        {
            hash = unchecked((hash ^ character) * FnvPrime);
        }

        return hash;
    }
}
