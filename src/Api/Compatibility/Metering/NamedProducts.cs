using System.Text;
using Tally.Api.Compatibility.Wire;
using Tally.Api.Products;

namespace Tally.Api.Compatibility.Metering;

/// <summary>Finds the product that a call is for.</summary>
/// <param name="cache">Where products are found.</param>
internal sealed class NamedProducts(ProductCache cache)
{
    /// <summary>The product code isn't that of a product, or not of one that is metered so.</summary>
    /// <param name="message">What is wrong.</param>
    /// <returns>The error.</returns>
    public static AwsError Invalid(string message) => new("InvalidProductCodeException", message);

    /// <summary>Finds a product.</summary>
    /// <param name="tenant">Whose.</param>
    /// <param name="code">
    /// Its code. Calls that name licences may leave it out; then the tenant must have one product only.
    /// </param>
    /// <param name="dimensions">What it should have; when it doesn't, it is read anew.</param>
    /// <returns>The product, or why there is none.</returns>
    public async ValueTask<(CachedProduct? Product, AwsError? Error)> Find(
        string tenant, string? code, IReadOnlyList<string> dimensions)
    {
        if (string.IsNullOrEmpty(code))
        {
            var codes = await cache.CodesOf(tenant);
            if (codes.Count != 1)
            {
                return (null, Invalid("Name the product code; there is not one product only."));
            }

            code = codes.First();
        }

        var product = await cache.Find(tenant, code);
        if (product is not null
            && dimensions.Any(name => !product.TryFind(Encoding.UTF8.GetBytes(name), out _)))
        {
            product = await cache.Refresh(product);
        }

        return product is null
            ? (null, Invalid($"The product code '{code}' is not that of a product here."))
            : (product, null);
    }
}
