namespace Tally.Contracts.Customers;

/// <summary>Events of one customer on their way to its actor.</summary>
/// <param name="CatalogueVersion">The version of the product's definition that the ordinals are of.</param>
/// <param name="Count">How many events, above zero.</param>
/// <param name="Events">The events as <see cref="Domain.Counting.UsageBlock"/> has them.</param>
[GenerateSerializer, Immutable, Alias("Tally.UsageBatch")]
public sealed record UsageBatch(
    [property: Id(0)] int CatalogueVersion,
    [property: Id(1)] int Count,
    [property: Id(2)] ReadOnlyMemory<byte> Events);
