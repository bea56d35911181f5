using System.Collections.Concurrent;
using Tally.Contracts.Products;
using Tally.Domain.Catalogue;

namespace Tally.Grains.Products;

/// <summary>
/// The products' definitions as this silo last saw them, so that ten thousand customers don't ask one actor for the
/// same thing.
/// </summary>
/// <param name="grains">Where to ask.</param>
public sealed class CatalogueCache(IGrainFactory grains)
{
    private readonly ConcurrentDictionary<ProductKey, ProductDefinition> _definitions = new();

    /// <summary>Finds a product's definition.</summary>
    /// <param name="product">Which product.</param>
    /// <param name="versionMin">An older version than this is not good enough; 0 for any.</param>
    /// <returns>The definition; null when there is no such product.</returns>
    public async ValueTask<ProductDefinition?> Get(ProductKey product, int versionMin = 0)
    {
        if (_definitions.TryGetValue(product, out var known) && known.Version >= versionMin)
        {
            return known;
        }

        return await Refresh(product);
    }

    /// <summary>Asks for a product's definition, whatever is remembered of it.</summary>
    /// <param name="product">Which product.</param>
    /// <returns>The definition; null when there is no such product.</returns>
    public async ValueTask<ProductDefinition?> Refresh(ProductKey product)
    {
        var current = await grains.GetGrain<IProductGrain>(product.ToString()).Get();
        if (current is not null)
        {
            Put(product, current);
        }

        return current;
    }

    /// <summary>Remembers a definition, unless a newer one is known.</summary>
    /// <param name="product">Which product.</param>
    /// <param name="definition">Its definition.</param>
    public void Put(ProductKey product, ProductDefinition definition) => _definitions.AddOrUpdate(
        product,
        definition,
        (_, known) => known.Version >= definition.Version ? known : definition);
}
