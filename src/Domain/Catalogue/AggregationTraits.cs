namespace Tally.Domain.Catalogue;

/// <summary>What follows from an aggregation.</summary>
public static class AggregationTraits
{
    /// <summary>
    /// Whether an hour's quantity is the sum of what its tag sets come to, so that it can be allocated to them. The
    /// largest or last quantity is one event's, and a value that two tag sets have in common counts once.
    /// </summary>
    /// <param name="aggregation">The aggregation.</param>
    /// <returns>Whether it is.</returns>
    public static bool IsAllocated(this Aggregation aggregation) =>
        aggregation is Aggregation.Sum or Aggregation.Count;

    /// <summary>Whether events are counted, or values of them, so that their quantities don't matter.</summary>
    /// <param name="aggregation">The aggregation.</param>
    /// <returns>Whether it is.</returns>
    public static bool IsCounting(this Aggregation aggregation) =>
        aggregation is Aggregation.Count or Aggregation.UniqueCount;
}
