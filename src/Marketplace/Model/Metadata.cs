using Amazon.Runtime.Internal;

namespace Amazon.AWSMarketplaceMetering.Model;

/// <summary>What is known of a purchase besides who bought what.</summary>
public partial class Metadata
{
    /// <summary>
    /// The agreement's id, as the AWS Marketplace Agreement API takes it. Service model: 1 to 64 characters.
    /// </summary>
    [AWSProperty(Min = 1, Max = 64)]
    public string AgreementId { get; set; }
}
