using Tally.Domain.Catalogue;

namespace Tally.Contracts.Products;

/// <summary>One product's catalogue entry. Its key is <see cref="ProductKey.ToString"/>.</summary>
[Alias("Tally.IProductGrain")]
public interface IProductGrain : IGrainWithStringKey
{
    /// <summary>Creates or changes the product. Durable when it returns.</summary>
    /// <param name="config">What its owner wrote.</param>
    /// <returns>The definition that now holds, or everything that is wrong; then nothing has changed.</returns>
    [Alias("Put")]
    Task<CatalogueDecision> Put(ProductConfig config);

    /// <summary>Shows the product.</summary>
    /// <returns>Its definition; null when there is no such product.</returns>
    [Alias("Get")]
    Task<ProductDefinition?> Get();
}
