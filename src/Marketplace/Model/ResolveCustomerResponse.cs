using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Amazon.AWSMarketplaceMetering.Model;

/// <summary>Who a registration token stands for.</summary>
public partial class ResolveCustomerResponse : AmazonWebServiceResponse
{
    /// <summary>The buyer's AWS account. Service model: 1 to 255 digits.</summary>
    [AWSProperty(Min = 1, Max = 255)]
    public string CustomerAWSAccountId { get; set; }

    /// <summary>
    /// The buyer, for products from before June 2026; null for later ones. Service model: at most 255 characters.
    /// </summary>
    [AWSProperty(Min = 0, Max = 255)]
    public string CustomerIdentifier { get; set; }

    /// <summary>The licence bought. Keep it: an account can hold several licences of one product.</summary>
    public string LicenseArn { get; set; }

    /// <summary>What else is known of the purchase; null if the service says nothing.</summary>
    public Metadata Metadata { get; set; }

    /// <summary>The product's code, to be compared with one's own. Service model: at most 255 characters.</summary>
    [AWSProperty(Min = 0, Max = 255)]
    public string ProductCode { get; set; }
}
