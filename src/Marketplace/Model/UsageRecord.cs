using Amazon.Runtime.Internal;

namespace Amazon.AWSMarketplaceMetering.Model;

/// <summary>What one customer used of one dimension in one hour.</summary>
public partial class UsageRecord
{
    /// <summary>
    /// The buyer's AWS account. Either this or <see cref="CustomerIdentifier"/>, not both; new products take only
    /// this. Service model: 1 to 255 digits.
    /// </summary>
    [AWSProperty(Min = 1, Max = 255)]
    public string CustomerAWSAccountId { get; set; }

    /// <summary>
    /// The buyer, as ResolveCustomer named it for products from before June 2026. Either this or
    /// <see cref="CustomerAWSAccountId"/>, not both. Service model: at most 255 characters.
    /// </summary>
    [AWSProperty(Min = 0, Max = 255)]
    public string CustomerIdentifier { get; set; }

    /// <summary>
    /// The unit of value, as the product was published with; case-sensitive. Required. Service model: 1 to 255
    /// characters.
    /// </summary>
    [AWSProperty(Required = true, Min = 1, Max = 255)]
    public string Dimension { get; set; }

    /// <summary>
    /// The licence that the usage falls under, where a buyer can hold several agreements for one product. Service
    /// model: an ARN of at most about 1,200 characters.
    /// </summary>
    public string LicenseArn { get; set; }

    /// <summary>
    /// How much was used, in the dimension's unit; 0 if null. Service model: 0 to 2,147,483,647.
    /// </summary>
    [AWSProperty(Min = 0, Max = 2147483647)]
    public int? Quantity { get; set; }

    /// <summary>
    /// When it was used; the service counts by the UTC hour. Required. Usage is accepted for less than 24 hours, and
    /// that of the previous month until 06:00 UTC on the first day of the month.
    /// </summary>
    /// <remarks>
    /// Sent as whole seconds, rounded down: 12:59:59.999 must not become 13:00:00, which is another hour's bill. (The
    /// official client rounds to the nearest second.) A value of kind <see cref="DateTimeKind.Unspecified"/> is taken
    /// for UTC, as the service model defines the member, so that the same program bills the same hour whatever the
    /// time zone of its machine; <see cref="DateTimeKind.Local"/> is converted. (The official client takes unspecified
    /// values for local time. Code that only passes UTC means the same to both.)
    /// </remarks>
    [AWSProperty(Required = true)]
    public DateTime? Timestamp { get; set; }

    /// <summary>
    /// The quantity split by tags, for the buyer's own accounting; must add up to <see cref="Quantity"/>. Null for
    /// none: an empty list is sent as such, and breaks the rule. Service model: 1 to 2,500.
    /// </summary>
    [AWSProperty(Min = 1, Max = 2500)]
    public List<UsageAllocation> UsageAllocations { get; set; } = AWSConfigs.InitializeCollections ? [] : null;
}
