using Tally.Domain.Catalogue;

namespace Tally.Grains.Entitlement;

/// <summary>
/// Finds the public keys that AWS Marketplace gave out for products, by which registrations are verified.
/// </summary>
public interface IPublishedKeys
{
    /// <summary>Finds a product's key.</summary>
    /// <param name="product">Which product.</param>
    /// <returns>
    /// The key; null for a product that isn't registered, as none is but containers. Whether its buyer is entitled
    /// is asked by a dry run of MeterUsage.
    /// </returns>
    PublishedKey? For(ProductKey product);
}

/// <summary>A product's public key.</summary>
/// <param name="Version">Its version, at least 1.</param>
/// <param name="Pem">An RSA SubjectPublicKeyInfo in PEM.</param>
public sealed record PublishedKey(int Version, string Pem);
