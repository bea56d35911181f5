using Tally.Domain.Catalogue;

namespace Tally.Contracts.Moves;

/// <summary>
/// A product as whoever moves its tenant sees it. Its key is that of <see cref="Products.IProductGrain"/>.
/// </summary>
[Alias("Tally.IMovingProductGrain")]
public interface IMovingProductGrain : IGrainWithStringKey
{
    /// <summary>Stores its definition, unless it has one of the same version or a later one.</summary>
    /// <param name="definition">The definition, with the version and the ordinals that it has elsewhere.</param>
    /// <returns>A task that completes when it is stored.</returns>
    [Alias("Import")]
    Task Import(ProductDefinition definition);
}
