using Amazon.AWSMarketplaceMetering;
using Tally.Domain.Catalogue;

namespace Tally.Grains.Delivery;

/// <summary>Finds the AWS client that a product is delivered through.</summary>
public interface IMarketplaceClients
{
    /// <summary>Finds the client.</summary>
    /// <param name="product">Which product.</param>
    /// <returns>A client whose own retries are off, as delivery decides about retries in one place.</returns>
    IAmazonAWSMarketplaceMetering For(ProductKey product);
}
