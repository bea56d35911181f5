namespace Tally.Emulator;

/// <summary>A usage record that the service accepted and would bill.</summary>
public sealed record MeteredRecord
{
    /// <summary>The AWS account of the seller whose product it is.</summary>
    public string AccountId { get; init; } = EmulatorOptions.DefaultAccountId;

    /// <summary>The AWS region whose endpoint was called; each has records of its own.</summary>
    public string Region { get; init; } = EmulatorOptions.DefaultRegion;

    /// <summary>The product that was used.</summary>
    public required string ProductCode { get; init; }

    /// <summary>The buyer as the seller's older products know it; null when the record named an AWS account.</summary>
    public string? CustomerIdentifier { get; init; }

    /// <summary>The buyer's AWS account id, when the record named it.</summary>
    public string? CustomerAWSAccountId { get; init; }

    /// <summary>The licence that the usage belongs to, when the record named one.</summary>
    public string? LicenseArn { get; init; }

    /// <summary>
    /// What metered itself by <c>MeterUsage</c>: an instance, task or pod of the buyer; null for
    /// <c>BatchMeterUsage</c>.
    /// </summary>
    public string? ResourceId { get; init; }

    /// <summary>The usage dimension.</summary>
    public required string Dimension { get; init; }

    /// <summary>When the usage was, as the record said it; UTC, to 100 nanoseconds.</summary>
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>How much, in units of the dimension: 0 to 2147483647.</summary>
    public required int Quantity { get; init; }

    /// <summary>
    /// How the quantity is split over tags, in the order in which it was sent; null when the record was not split.
    /// </summary>
    public IReadOnlyList<MeteredAllocation>? UsageAllocations { get; init; }

    /// <summary>The id that the service gave the record: a lower-case UUID.</summary>
    public required string MeteringRecordId { get; init; }
}
