using Tally.Domain.Catalogue;

namespace Tally.Grains.Entitlement;

/// <summary>No product is registered.</summary>
public sealed class NoPublishedKeys : IPublishedKeys
{
    /// <inheritdoc />
    public PublishedKey? For(ProductKey product) => null;
}
