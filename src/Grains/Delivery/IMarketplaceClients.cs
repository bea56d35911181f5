using Amazon.AWSMarketplaceMetering;
using Tally.Domain.Catalogue;

namespace Tally.Grains.Delivery;

/// <summary>Finds the AWS client that a product is delivered through.</summary>
public interface IMarketplaceClients
{
    /// <summary>
    /// Learns what is needed to know of a tenant before its clients are asked for. Without anything to learn it does
    /// nothing.
    /// </summary>
    /// <param name="tenant">Which tenant.</param>
    /// <returns>A task that completes when it is known.</returns>
    ValueTask Prepare(string tenant) => ValueTask.CompletedTask;

    /// <summary>Finds the client.</summary>
    /// <param name="product">Which product.</param>
    /// <returns>
    /// A client whose own retries are off, as delivery decides about retries in one place, and which gives up on an
    /// answer within two minutes.
    /// </returns>
    IAmazonAWSMarketplaceMetering For(ProductKey product);

    /// <summary>Finds the client for what is asked of AWS about a tenant's buyers.</summary>
    /// <param name="tenant">Which tenant.</param>
    /// <returns>A client as <see cref="For"/> finds them.</returns>
    IAmazonAWSMarketplaceMetering ForTenant(string tenant);

    /// <summary>Names the AWS account and region that the client calls.</summary>
    /// <param name="product">Which product.</param>
    /// <returns>
    /// A name without secrets, as it is shown in metrics. AWS's quota is per account and region, so products with
    /// the same name share one budget of calls, and others don't.
    /// </returns>
    string AccountOf(ProductKey product);
}
