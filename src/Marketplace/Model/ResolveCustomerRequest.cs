using Amazon.Runtime.Internal;

namespace Amazon.AWSMarketplaceMetering.Model;

/// <summary>The token that a buyer's browser brought.</summary>
public partial class ResolveCustomerRequest : AmazonAWSMarketplaceMeteringRequest
{
    /// <summary>
    /// The form field <c>x-amzn-marketplace-token</c> of the registration page, decoded. Required. Service model: not
    /// empty.
    /// </summary>
    [AWSProperty(Required = true)]
    public string RegistrationToken { get; set; }
}
