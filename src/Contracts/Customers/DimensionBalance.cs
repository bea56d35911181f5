using Tally.Domain.Conservation;

namespace Tally.Contracts.Customers;

/// <summary>The conservation equation of a dimension.</summary>
/// <param name="Dimension">The dimension's name.</param>
/// <param name="Balance">Both sides.</param>
[GenerateSerializer, Immutable, Alias("Tally.DimensionBalance")]
public sealed record DimensionBalance(
    [property: Id(0)] string Dimension,
    [property: Id(1)] Balance Balance);
