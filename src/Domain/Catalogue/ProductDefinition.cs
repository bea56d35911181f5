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
}
