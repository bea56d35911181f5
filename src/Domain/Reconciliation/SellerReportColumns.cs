namespace Tally.Domain.Reconciliation;

/// <summary>
/// What the columns of a seller report are called. Names are compared by their letters and digits alone, so that
/// <c>Usage Quantity</c> is <c>usage_quantity</c>; where several would do, the first that the report has is taken.
/// AWS's reports and feeds differ and change; the defaults are names of the daily usage feed, the usage and billed
/// revenue dashboards and the business report, and of the service's own members.
/// </summary>
public sealed record SellerReportColumns
{
    /// <summary>The dimension. It must be there.</summary>
    public IReadOnlyList<string> Dimension { get; init; } = ["dimension_key", "Dimension", "Usage Dimension"];

    /// <summary>The quantity. It must be there.</summary>
    public IReadOnlyList<string> Quantity { get; init; } =
        ["usage_quantity", "Usage Units", "Quantity", "Estimated Usage", "Units"];

    /// <summary>The hour or day of the usage. It must be there.</summary>
    public IReadOnlyList<string> Time { get; init; } =
        ["usage_hour", "Usage Timestamp", "Timestamp", "usage_date", "Usage Start Date", "Date"];

    /// <summary>The buyer's customer identifier.</summary>
    public IReadOnlyList<string> CustomerIdentifier { get; init; } = ["CustomerIdentifier"];

    /// <summary>The buyer's AWS account id.</summary>
    public IReadOnlyList<string> Account { get; init; } =
    [
        "Subscriber AWS account ID", "CustomerAWSAccountId", "Customer AWS Account Number", "Customer AWS Account",
        "AWS Account ID",
    ];

    /// <summary>The licence of the agreement.</summary>
    public IReadOnlyList<string> License { get; init; } = ["LicenseArn"];

    /// <summary>The product code. Rows of other products are left out.</summary>
    public IReadOnlyList<string> Product { get; init; } = ["Product Code"];

    /// <summary>AWS's receipt.</summary>
    public IReadOnlyList<string> MeteringRecordId { get; init; } = ["MeteringRecordId"];
}
