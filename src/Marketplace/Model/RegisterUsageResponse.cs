using Amazon.Runtime;

namespace Amazon.AWSMarketplaceMetering.Model;

/// <summary>A signed statement that a container was registered.</summary>
public partial class RegisterUsageResponse : AmazonWebServiceResponse
{
    /// <summary>When the public key was replaced, in UTC; only if the version asked for has expired.</summary>
    public DateTime? PublicKeyRotationTimestamp { get; set; }

    /// <summary>A JSON web token, to be verified with the product's public key.</summary>
    public string Signature { get; set; }
}
