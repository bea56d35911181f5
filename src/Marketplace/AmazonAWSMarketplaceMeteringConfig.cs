using Amazon.AWSMarketplaceMetering.Internal;
using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;
using Amazon.Util.Internal;
using Endpoint = Amazon.Runtime.Endpoints.Endpoint;
using ExecutionContext = Amazon.Runtime.Internal.ExecutionContext;

namespace Amazon.AWSMarketplaceMetering;

/// <summary>
/// Where and how a client calls. All settings are AWSSDK.Core's: region, <see cref="ClientConfig.ServiceURL"/>,
/// <see cref="ClientConfig.MaxErrorRetry"/>, <see cref="ClientConfig.Timeout"/> and so on.
/// </summary>
/// <remarks>
/// Without a <see cref="ClientConfig.ServiceURL"/> the environment's <c>AWS_ENDPOINT_URL_MARKETPLACE_METERING</c>,
/// then its <c>AWS_ENDPOINT_URL</c>, then the profile's <c>endpoint_url</c> applies, unless
/// <see cref="ClientConfig.IgnoreConfiguredEndpointUrls"/> is set. AWSSDK.Core signs for
/// <see cref="ClientConfig.AuthenticationRegion"/> if that is set; else, at a custom endpoint, for the region that the
/// endpoint's name tells or for us-east-1, whatever <see cref="ClientConfig.RegionEndpoint"/> says.
/// </remarks>
public partial class AmazonAWSMarketplaceMeteringConfig : ClientConfig
{
    private static readonly string UserAgentText = InternalSDKUtils.BuildUserAgentString(
        "Marketplace_Metering",
        typeof(AmazonAWSMarketplaceMeteringConfig).Assembly.GetName().Version.ToString(3)) + " lib/tally";

    /// <summary>Starts from AWSSDK.Core's defaults: standard retries, at most 2 after the first attempt.</summary>
    public AmazonAWSMarketplaceMeteringConfig()
        : base(new DefaultConfigurationProvider(
            AmazonAWSMarketplaceMeteringDefaultConfiguration.GetAllConfigurations()))
    {
        base.ServiceId = ServiceId;
        AuthenticationServiceName = "aws-marketplace";
        EndpointProvider = new AmazonAWSMarketplaceMeteringEndpointProvider();
    }

    /// <summary>The service's id, from which the names of its settings in the environment are made.</summary>
    public static new string ServiceId => "Marketplace Metering";

    /// <summary>The service's prefix in the names of its endpoints.</summary>
    public override string RegionEndpointServiceName => "metering.marketplace";

    /// <summary>The version of the service's API.</summary>
    public override string ServiceVersion => "2016-01-14";

    /// <summary>How this client names itself to the service.</summary>
    public override string UserAgent => UserAgentText;

    /// <summary>Says where a request would be sent under this configuration.</summary>
    /// <param name="parameters">The request, and a region to take instead of this configuration's.</param>
    /// <returns>The endpoint.</returns>
    /// <exception cref="AmazonClientException">The configuration contradicts itself or names no region.</exception>
    public override Endpoint DetermineServiceOperationEndpoint(ServiceOperationEndpointParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        var context = new RequestContext(enableMetric: false)
        {
            ClientConfig = this,
            OriginalRequest = parameters.Request,
            Request = new DefaultRequest(parameters.Request, ServiceId)
            {
                AlternateEndpoint = parameters.AlternateEndpoint,
            },
        };
        return new AmazonAWSMarketplaceMeteringEndpointResolver()
            .GetEndpoint(new ExecutionContext(context, responseContext: null));
    }
}
