using Amazon.AWSMarketplaceMetering;
using Tally.Domain.Catalogue;

namespace Tally.Grains.Delivery;

/// <summary>Delivers every product through one AWS client, and so from one account in one region.</summary>
/// <param name="client">The client, its own retries off.</param>
public sealed class SingleMarketplaceClient(IAmazonAWSMarketplaceMetering client) : IMarketplaceClients
{
    private const string Account = "default";

    /// <inheritdoc />
    public IAmazonAWSMarketplaceMetering For(ProductKey product) => client;

    /// <inheritdoc />
    public IAmazonAWSMarketplaceMetering ForTenant(string tenant) => client;

    /// <inheritdoc />
    public string AccountOf(ProductKey product) => Account;
}
