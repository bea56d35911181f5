namespace Tally.Domain.Catalogue;

/// <summary>How the events of one hour become one quantity.</summary>
public enum Aggregation
{
    /// <summary>The sum of the quantities. The default.</summary>
    Sum = 0,

    /// <summary>The number of events, whatever their quantities.</summary>
    Count = 1,

    /// <summary>The largest quantity.</summary>
    Max = 2,

    /// <summary>The number of different values of the dimension's unique tag.</summary>
    UniqueCount = 3,

    /// <summary>The quantity of the event with the latest time (of equal times, the one with the higher key).</summary>
    Last = 4,
}
