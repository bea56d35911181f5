using Amazon.Runtime.Internal;

namespace Amazon.AWSMarketplaceMetering.Model;

/// <summary>What software in the buyer's account used of one dimension.</summary>
public partial class MeterUsageRequest : AmazonAWSMarketplaceMeteringRequest
{
    /// <summary>
    /// Makes the request recognisable when it is sent again. If null, each call sends a new random one, the same in
    /// all of its own retries; set it to be able to repeat a call whose outcome is unknown. Service model: 1 to 64
    /// characters; the same token with other parameters is an <see cref="IdempotencyConflictException"/>.
    /// </summary>
    [AWSProperty(Min = 1, Max = 64)]
    public string ClientToken { get; set; }

    /// <summary>
    /// Whether only to check for permission; no if null. A permitted dry run ends in an exception with the error code
    /// <c>DryRunOperation</c>, another in one with <c>UnauthorizedException</c>.
    /// </summary>
    public bool? DryRun { get; set; }

    /// <summary>
    /// The code the product was published with. Required. Service model: at most 255 of letters, digits and
    /// <c>-/=:_.@</c>.
    /// </summary>
    [AWSProperty(Required = true, Min = 0, Max = 255)]
    public string ProductCode { get; set; }

    /// <summary>
    /// When it was used; the service rounds down to the UTC hour. Required. Usage is accepted for six hours.
    /// </summary>
    /// <remarks><inheritdoc cref="UsageRecord.Timestamp" path="/remarks"/></remarks>
    [AWSProperty(Required = true)]
    public DateTime? Timestamp { get; set; }

    /// <summary>
    /// The quantity split by tags, for the buyer's own accounting; must add up to <see cref="UsageQuantity"/>. Null
    /// for none: an empty list is sent as such, and breaks the rule. Service model: 1 to 2,500.
    /// </summary>
    [AWSProperty(Min = 1, Max = 2500)]
    public List<UsageAllocation> UsageAllocations { get; set; } = AWSConfigs.InitializeCollections ? [] : null;

    /// <summary>
    /// The unit of value, as the product was published with; case-sensitive. Required. Service model: 1 to 255
    /// characters.
    /// </summary>
    [AWSProperty(Required = true, Min = 1, Max = 255)]
    public string UsageDimension { get; set; }

    /// <summary>
    /// How much was used, in the dimension's unit; 0 if null. Service model: 0 to 2,147,483,647.
    /// </summary>
    [AWSProperty(Min = 0, Max = 2147483647)]
    public int? UsageQuantity { get; set; }
}
