using Amazon.Runtime;
using Amazon.Runtime.Internal;

namespace Amazon.AWSMarketplaceMetering.Model;

/// <summary>The outcome of each record of a request.</summary>
public partial class BatchMeterUsageResponse : AmazonWebServiceResponse
{
    /// <summary>
    /// The records that were judged, honoured or not: see each one's <see cref="UsageRecordResult.Status"/>. In no
    /// promised order; null if the service left it out.
    /// </summary>
    public List<UsageRecordResult> Results { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    /// <summary>
    /// The records that a fault of the service kept from being judged: send exactly these again. Empty if there are
    /// none, null if the service left it out.
    /// </summary>
    [AWSProperty(Min = 0, Max = 25)]
    public List<UsageRecord> UnprocessedRecords { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}
