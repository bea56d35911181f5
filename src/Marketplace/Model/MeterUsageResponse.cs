using Amazon.Runtime;

namespace Amazon.AWSMarketplaceMetering.Model;

/// <summary>The record that usage was noted in.</summary>
public partial class MeterUsageResponse : AmazonWebServiceResponse
{
    /// <summary>The record's id; the same for the same usage sent again.</summary>
    public string MeteringRecordId { get; set; }
}
