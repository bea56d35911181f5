namespace Tally.Domain.Delivery;

/// <summary>Halves a batch that was refused because of one of its records, to find which.</summary>
public static class BatchSplitter
{
    /// <summary>Splits a batch.</summary>
    /// <param name="batch">At least two records.</param>
    /// <returns>Two parts, neither empty, in the same order; 25 records are down to one after five splits.</returns>
    /// <exception cref="ArgumentException">There is nothing to split.</exception>
    public static (IReadOnlyList<PendingRecord> First, IReadOnlyList<PendingRecord> Second) Halve(
        IReadOnlyList<PendingRecord> batch)
    {
        if (batch.Count < 2)
        {
            throw new ArgumentException("Only two records or more can be split.", nameof(batch));
        }

        var half = batch.Count / 2;
        return ([.. batch.Take(half)], [.. batch.Skip(half)]);
    }
}
