using Tally.Domain.Quantities;

namespace Tally.Contracts.Customers;

/// <summary>An accumulator that is not sealed.</summary>
/// <param name="Dimension">The dimension's name.</param>
/// <param name="HourStart">The first moment of its metering hour.</param>
/// <param name="Quantity">The total so far.</param>
/// <param name="Events">How many events are in it.</param>
/// <param name="FromPreviousMonth">What late events of a previous month came to.</param>
[GenerateSerializer, Immutable, Alias("Tally.OpenAccumulator")]
public sealed record OpenAccumulator(
    [property: Id(0)] string Dimension,
    [property: Id(1)] DateTimeOffset HourStart,
    [property: Id(2)] Quantity Quantity,
    [property: Id(3)] long Events,
    [property: Id(4)] Quantity FromPreviousMonth = default);
