using Amazon;
using Amazon.AWSMarketplaceMetering;
using Amazon.Runtime;

namespace Tally.Silo.Metering;

/// <summary>Makes the AWS client that records are delivered through.</summary>
public static class MarketplaceClients
{
    private const string DefaultRegion = "us-east-1";

    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Makes a client without retries of its own: delivery decides about them in one place. Towards AWS it finds its
    /// credentials as every AWS tool does.
    /// </summary>
    /// <param name="endpoint">Where calls go instead of AWS; null for AWS itself.</param>
    /// <param name="region">The region; null for that of AWS's own configuration, else us-east-1.</param>
    /// <param name="standIn">
    /// Whose credentials are shown to something that stands in for AWS, which needn't know any; null to find them as
    /// towards AWS.
    /// </param>
    /// <returns>The client.</returns>
    public static IAmazonAWSMarketplaceMetering Create(Uri? endpoint, string? region, string? standIn = null) =>
        Create(endpoint, region, standIn is null ? null : new BasicAWSCredentials(standIn, standIn));

    /// <summary>Makes a client without retries of its own.</summary>
    /// <param name="endpoint">Where calls go instead of AWS; null for AWS itself.</param>
    /// <param name="region">The region; null for that of AWS's own configuration, else us-east-1.</param>
    /// <param name="credentials">Whose credentials; null to find them as every AWS tool does.</param>
    /// <returns>The client.</returns>
    public static IAmazonAWSMarketplaceMetering Create(Uri? endpoint, string? region, AWSCredentials? credentials)
    {
        // Only towards AWS itself is the region worth a question to the network, which may take seconds.
        region ??= FallbackRegionFactory.GetRegionEndpoint(
                includeInstanceMetadata: endpoint is null || AwsEndpoints.IsAws(endpoint))
            ?.SystemName ?? DefaultRegion;
        var config = new AmazonAWSMarketplaceMeteringConfig { MaxErrorRetry = 0, Timeout = CallTimeout };
        if (endpoint is null)
        {
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(region);
        }
        else
        {
            config.ServiceURL = endpoint.ToString();
            config.AuthenticationRegion = region;
        }

        return credentials is null
            ? new AmazonAWSMarketplaceMeteringClient(config)
            : new AmazonAWSMarketplaceMeteringClient(credentials, config);
    }

    /// <summary>
    /// Whose credentials an endpoint is shown when nobody gave any: one that isn't AWS's is not worth looking for them
    /// in the network.
    /// </summary>
    /// <param name="endpoint">The endpoint; null for AWS itself.</param>
    /// <param name="environment">Looks a variable of the environment up.</param>
    /// <returns>A name; null to find credentials as towards AWS.</returns>
    public static string? StandInFor(Uri? endpoint, Func<string, string?> environment)
    {
        string[] given = ["AWS_ACCESS_KEY_ID", "AWS_PROFILE", "AWS_WEB_IDENTITY_TOKEN_FILE"];
        return endpoint is null || AwsEndpoints.IsAws(endpoint) || given.Any(name => environment(name) is not null)
            ? null
            : "emulator";
    }
}
