using Amazon.Runtime.Internal;

namespace Amazon.AWSMarketplaceMetering.Model;

/// <summary>Usage of one SaaS product, as usage records.</summary>
public partial class BatchMeterUsageRequest : AmazonAWSMarketplaceMeteringRequest
{
    /// <summary>
    /// The code the product was published with, as ResolveCustomer returns it. Required unless the records carry a
    /// <see cref="UsageRecord.LicenseArn"/>. Service model: at most 255 of letters, digits and <c>-/=:_.@</c>.
    /// </summary>
    [AWSProperty(Min = 0, Max = 255)]
    public string ProductCode { get; set; }

    /// <summary>
    /// The records, all of one product. Required. Service model: at most 25; the whole request below 1 MB.
    /// </summary>
    [AWSProperty(Required = true, Min = 0, Max = 25)]
    public List<UsageRecord> UsageRecords { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}
