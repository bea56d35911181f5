using System.Collections.Immutable;

namespace Tally.Emulator.Catalogue;

/// <summary>All declared products and licences. Immutable, so that one call sees one catalogue.</summary>
internal sealed record ProductCatalogue
{
    public static ProductCatalogue Empty { get; } = new();

    public ImmutableDictionary<string, Product> Products { get; init; } =
        ImmutableDictionary.Create<string, Product>(StringComparer.Ordinal);

    public ImmutableDictionary<string, License> Licenses { get; init; } =
        ImmutableDictionary.Create<string, License>(StringComparer.Ordinal);

    public ProductCatalogue Declare(string productCode, ProductDeclaration declaration)
    {
        var product = Products.GetValueOrDefault(productCode) ?? new Product(productCode);
        var licenses = declaration.Licenses.Select(held => new License(held.Key, productCode, held.Value));
        return new ProductCatalogue
        {
            Products = Products.SetItem(productCode, product.With(declaration)),
            Licenses = Licenses.SetItems(licenses.Select(license => KeyValuePair.Create(license.Arn, license))),
        };
    }
}
