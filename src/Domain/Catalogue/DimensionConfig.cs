using Tally.Domain.Quantities;

namespace Tally.Domain.Catalogue;

/// <summary>A dimension as a product's owner writes it down.</summary>
/// <param name="Name">The dimension's API name at AWS.</param>
/// <param name="Aggregation">How events add up.</param>
/// <param name="Rounding">How a sealed total becomes a whole number.</param>
/// <param name="UniqueTag">For <see cref="Aggregation.UniqueCount"/> the tag whose values are counted.</param>
/// <param name="SendZero">
/// Whether an hour without usage is sent as a record of zero; see <see cref="DimensionDefinition"/>.
/// </param>
public sealed record DimensionConfig(
    string Name,
    Aggregation Aggregation = Aggregation.Sum,
    RoundingRule Rounding = RoundingRule.Floor,
    string? UniqueTag = null,
    bool SendZero = false);
