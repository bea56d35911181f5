using Amazon.Runtime.Internal;

namespace Amazon.AWSMarketplaceMetering.Model;

/// <summary>A part of a quantity, under one set of tags.</summary>
public partial class UsageAllocation
{
    /// <summary>
    /// The part, in the dimension's unit. Required. Service model: 0 to 2,147,483,647.
    /// </summary>
    [AWSProperty(Required = true, Min = 0, Max = 2147483647)]
    public int? AllocatedUsageQuantity { get; set; }

    /// <summary>
    /// The tags, a different set in every allocation of a record; null for the part without tags. Service model: 1 to
    /// 5.
    /// </summary>
    [AWSProperty(Min = 1, Max = 5)]
    public List<Tag> Tags { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}
