using Amazon.Runtime.Internal.Auth;

namespace Amazon.AWSMarketplaceMetering.Internal;

/// <summary>What the way of signing is chosen by.</summary>
public class AmazonAWSMarketplaceMeteringAuthSchemeParameters : IAuthSchemeParameters
{
    /// <summary>The name of the request's type.</summary>
    public string Operation { get; set; }

    /// <summary>The region called, or null if only an endpoint is configured.</summary>
    public string Region { get; set; }
}
