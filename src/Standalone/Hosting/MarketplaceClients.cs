using Amazon;
using Amazon.AWSMarketplaceMetering;
using Amazon.Runtime;
using Tally.Standalone.Configuration;

namespace Tally.Standalone.Hosting;

/// <summary>Makes the AWS client that records are delivered through.</summary>
internal static class MarketplaceClients
{
    private const string DefaultRegion = "us-east-1";

    /// <summary>The emulator takes an access key of twelve digits for the account of a buyer.</summary>
    private const string EmulatedBuyer = "210987654321";

    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(30);

    /// <summary>Makes a client.</summary>
    /// <param name="options">Where to deliver.</param>
    /// <param name="emulator">The emulator's address; null where there is none.</param>
    /// <returns>
    /// A client without retries of its own: delivery decides about them in one place. Towards AWS it finds its
    /// credentials as every AWS tool does.
    /// </returns>
    public static IAmazonAWSMarketplaceMetering Create(StandaloneOptions options, Uri? emulator)
    {
        var region = options.Region ?? FallbackRegionFactory.GetRegionEndpoint()?.SystemName ?? DefaultRegion;
        var config = new AmazonAWSMarketplaceMeteringConfig { MaxErrorRetry = 0, Timeout = CallTimeout };
        var endpoint = emulator ?? options.MarketplaceEndpoint;
        if (endpoint is null)
        {
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(region);
        }
        else
        {
            config.ServiceURL = endpoint.ToString();
            config.AuthenticationRegion = region;
        }

        return emulator is null
            ? new AmazonAWSMarketplaceMeteringClient(config)
            : new AmazonAWSMarketplaceMeteringClient(
                new BasicAWSCredentials(options.Agent ? EmulatedBuyer : "emulator", "emulator"), config);
    }
}
