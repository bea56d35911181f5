using Tally.Domain.Allocations;
using Tally.Domain.Catalogue;

namespace Tally.Domain.Sealing;

/// <summary>
/// A sealed accumulator as AWS sees it. Built once, stored before it is sent, and sent again without a change. What
/// AWS has refused a person may correct: then it is another record for AWS, under the same key.
/// </summary>
/// <param name="Key">Which record of the customer it is.</param>
/// <param name="Identity">The buyer.</param>
/// <param name="Dimension">The dimension's name at AWS.</param>
/// <param name="TimestampSeconds">Its timestamp, whole seconds since 1970 (UTC).</param>
/// <param name="Quantity">How many units, 0 to 2,147,483,647.</param>
public sealed record UsageRecord(
    RecordKey Key,
    CustomerIdentity Identity,
    string Dimension,
    long TimestampSeconds,
    int Quantity)
{
    /// <summary>How its quantity divides over tag sets; null when it doesn't.</summary>
    public RecordAllocations? Allocations { get; init; }

    /// <summary>Its timestamp.</summary>
    public DateTimeOffset Timestamp => DateTimeOffset.FromUnixTimeSeconds(TimestampSeconds);
}
