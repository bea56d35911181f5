using Tally.Domain.Quantities;

namespace Tally.Domain.Catalogue;

/// <summary>A named unit of value of a product.</summary>
/// <param name="Ordinal">Its place in the product's list; given once and never to another dimension.</param>
/// <param name="Name">The dimension's API name at AWS, 1 to 255 characters, case-sensitive.</param>
/// <param name="Aggregation">How the events of an hour become one quantity; fixed once the dimension exists.</param>
/// <param name="Rounding">How a sealed total becomes a whole number.</param>
/// <param name="UniqueTag">
/// For <see cref="Aggregation.UniqueCount"/> the tag whose values are counted; else null.
/// </param>
/// <param name="Retired">Whether new events for it are refused; what was counted before is still delivered.</param>
/// <param name="SendZero">
/// Whether an hour without usage is sent as a record of zero, once it can't get usage any more. AWS recommends it, so
/// that the buyer sees that metering works. Source: the seller guide on metering for SaaS products.
/// </param>
public sealed record DimensionDefinition(
    int Ordinal,
    string Name,
    Aggregation Aggregation,
    RoundingRule Rounding,
    string? UniqueTag,
    bool Retired,
    bool SendZero = false)
{
    /// <summary>Whether records of zero are made now; a retired dimension gets none.</summary>
    public bool MakesZeroes => SendZero && !Retired;
}
