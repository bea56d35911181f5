using Amazon.AWSMarketplaceMetering;
using Tally.Domain.Catalogue;

namespace Tally.Grains.Delivery;

/// <summary>Delivers every product through one AWS client.</summary>
/// <param name="client">The client, its own retries off.</param>
public sealed class SingleMarketplaceClient(IAmazonAWSMarketplaceMetering client) : IMarketplaceClients
{
    /// <inheritdoc />
    public IAmazonAWSMarketplaceMetering For(ProductKey product) => client;
}
