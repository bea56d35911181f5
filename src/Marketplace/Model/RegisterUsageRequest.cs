using Amazon.Runtime.Internal;

namespace Amazon.AWSMarketplaceMetering.Model;

/// <summary>The product that a container starts.</summary>
public partial class RegisterUsageRequest : AmazonAWSMarketplaceMeteringRequest
{
    /// <summary>
    /// Comes back within the signature, so that an answer can't be used for another start. Optional. Service model: at
    /// most 255 characters.
    /// </summary>
    [AWSProperty(Max = 255)]
    public string Nonce { get; set; }

    /// <summary>
    /// The code the product was published with. Required. Service model: at most 255 of letters, digits and
    /// <c>-/=:_.@</c>.
    /// </summary>
    [AWSProperty(Required = true, Min = 0, Max = 255)]
    public string ProductCode { get; set; }

    /// <summary>
    /// The version of the public key that AWS Marketplace gave out for the product. Required. Service model: at
    /// least 1.
    /// </summary>
    [AWSProperty(Required = true, Min = 1)]
    public int? PublicKeyVersion { get; set; }
}
