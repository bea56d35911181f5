namespace Tally.Domain.Catalogue;

/// <summary>What became of a product's configuration.</summary>
/// <param name="Definition">The definition that now holds; null when there are errors.</param>
/// <param name="Errors">Everything that is wrong; empty when there is a definition.</param>
public sealed record CatalogueDecision(ProductDefinition? Definition, IReadOnlyList<FieldError> Errors);
