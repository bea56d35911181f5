namespace Tally.Domain.Catalogue;

/// <summary>A product as the platform knows it: what its owner configured, with the platform's own numbering.</summary>
/// <param name="Code">The product code at AWS.</param>
/// <param name="Name">A name for people.</param>
/// <param name="Version">Grows by one with each change, from 1.</param>
/// <param name="Late">Which times its usage may have.</param>
/// <param name="Dimensions">Its dimensions; a dimension's index is its ordinal.</param>
public sealed record ProductDefinition(
    string Code,
    string Name,
    int Version,
    LatePolicy Late,
    IReadOnlyList<DimensionDefinition> Dimensions)
{
    /// <summary>How many dimensions a product may ever have had, retired ones included.</summary>
    public const int DimensionsMax = 1_000;

    /// <summary>
    /// The one customer of a product that <see cref="DeliveryChannel.MeterUsage"/> delivers: the buyer in whose
    /// account the platform runs. AWS knows it by the caller's credentials; MeterUsage has no room for another.
    /// </summary>
    public const string OwnCustomer = "self";

    /// <summary>How its usage is delivered.</summary>
    public DeliveryChannel Channel { get; init; }

    /// <summary>
    /// Whether a customer can have usage of it. Two customers of a MeterUsage product would share one record at AWS,
    /// and the usage of one be taken for a repetition of the other's.
    /// </summary>
    /// <param name="customer">The customer.</param>
    /// <returns>Whether it can.</returns>
    public bool Takes(string customer) => Channel != DeliveryChannel.MeterUsage || customer == OwnCustomer;

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
    /// Over how many actors its sealing and submitting is spread, 1 to <see cref="Delivery.FlushShards.CountMax"/>.
    /// </summary>
    public int FlushShards { get; init; } = 1;
}
