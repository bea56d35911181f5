using Tally.Domain.Conservation;
using Tally.Domain.Quantities;

namespace Tally.Contracts.Customers;

/// <summary>The conservation equation of a dimension.</summary>
/// <param name="Dimension">The dimension's name.</param>
/// <param name="Balance">Both sides.</param>
[GenerateSerializer, Immutable, Alias("Tally.DimensionBalance")]
public sealed record DimensionBalance(
    [property: Id(0)] string Dimension,
    [property: Id(1)] Balance Balance)
{
    /// <summary>
    /// What conversions of one customer's sealed hours left, in fractions of a millionth; it is no part of the balance.
    /// </summary>
    [Id(2)]
    public IReadOnlyList<MicroFraction> Remainders { get; init => field = value ?? []; } = [];
}
