using Tally.Domain.Catalogue;

namespace Tally.Grains.Products;

/// <summary>What a product's actor stores. A storage format.</summary>
[GenerateSerializer, Alias("Tally.ProductState")]
internal sealed class ProductState
{
    /// <summary>The definition; null until the product is made.</summary>
    [Id(0)]
    public ProductDefinition? Definition { get; set; }
}
