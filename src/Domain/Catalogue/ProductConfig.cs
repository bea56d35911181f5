namespace Tally.Domain.Catalogue;

/// <summary>A product as its owner writes it down.</summary>
/// <param name="Name">A name for people; null or empty for the product code.</param>
/// <param name="Late">Which times usage may have; null for <see cref="LatePolicy.Default"/>.</param>
/// <param name="Dimensions">Its dimensions, at least one.</param>
public sealed record ProductConfig(string? Name, LatePolicy? Late, IReadOnlyList<DimensionConfig> Dimensions)
{
    /// <summary>
    /// How its usage is delivered; null for how it is delivered already, or for a new product
    /// <see cref="DeliveryChannel.BatchMeterUsage"/>.
    /// </summary>
    public DeliveryChannel? Channel { get; init; }

    /// <summary>
    /// Hours that start before this are computed and not sent, as another pipeline delivers them; the start of an
    /// hour, null for none.
    /// </summary>
    public DateTimeOffset? ShadowUntil { get; init; }

    /// <summary>
    /// By which event tags its records' quantities are allocated, at most five keys that AWS takes; none for no
    /// allocations. Only sums and counts are allocated; see <see cref="AggregationTraits.IsAllocated"/>.
    /// </summary>
    public IReadOnlyList<string> AllocationTags { get; init => field = value ?? []; } = [];

    /// <summary>The names that events may have in place of a dimension's; none when left out.</summary>
    public IReadOnlyList<MeterDefinition> Meters { get; init => field = value ?? []; } = [];

    /// <summary>When a record is held as far beyond the usual; null for never.</summary>
    public AnomalyGuard? Guard { get; init; }

    /// <summary>
    /// Over how many actors its sealing and submitting is spread; from some ten thousand customers on more than one
    /// pays. 1 to <see cref="Delivery.FlushShards.CountMax"/>; the default is 1.
    /// </summary>
    public int FlushShards { get; init; } = 1;
}
