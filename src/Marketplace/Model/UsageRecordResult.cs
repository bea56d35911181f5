namespace Amazon.AWSMarketplaceMetering.Model;

/// <summary>What became of one usage record.</summary>
public partial class UsageRecordResult
{
    /// <summary>The id that the service gave the record.</summary>
    public string MeteringRecordId { get; set; }

    /// <summary>Whether the record counts, or why it doesn't.</summary>
    public UsageRecordResultStatus Status { get; set; }

    /// <summary>
    /// The record as it was sent. Match by its customer, dimension and hour: results come in any order.
    /// </summary>
    public UsageRecord UsageRecord { get; set; }
}
