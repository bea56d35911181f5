using Amazon.AWSMarketplaceMetering.Endpoints;
using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;
using Amazon.Util;

namespace Amazon.AWSMarketplaceMetering.Internal;

/// <summary>Derives the endpoint of each request from the client's configuration.</summary>
public class AmazonAWSMarketplaceMeteringEndpointResolver : BaseEndpointResolver
{
    /// <summary>Collects what the endpoint is chosen by.</summary>
    /// <param name="requestContext">The request and the configuration.</param>
    /// <returns>Parameters for the configuration's endpoint provider.</returns>
    protected override EndpointParameters MapEndpointsParameters(IRequestContext requestContext)
    {
        var config = requestContext.ClientConfig;
        return new AWSMarketplaceMeteringEndpointParameters
        {
            UseDualStack = config.UseDualstackEndpoint,
            UseFIPS = config.UseFIPSEndpoint,
            Endpoint = config.ServiceURL,
            Region = requestContext.Request.AlternateEndpoint?.SystemName
                ?? config.RegionEndpoint?.SystemName
                ?? RegionOfServiceUrl(config),
        };
    }

    // An endpoint set by hand names no region: it is signed for the one said, or for the one its name tells.
    private static string RegionOfServiceUrl(IClientConfig config)
    {
        if (string.IsNullOrEmpty(config.ServiceURL))
            return null;
        return string.IsNullOrEmpty(config.AuthenticationRegion)
            ? AWSSDKUtils.DetermineRegion(config.ServiceURL)
            : config.AuthenticationRegion;
    }
}
