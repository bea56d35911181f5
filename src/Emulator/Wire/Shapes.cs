namespace Tally.Emulator.Wire;

// The shapes of API version 2016-01-14 as they arrive, with its names. What a caller left out is null.

internal sealed record BatchMeterUsageRequest(string? ProductCode, IReadOnlyList<UsageRecord>? UsageRecords)
{
    /// <summary>The request as a model reads it that has neither accounts nor licences.</summary>
    public BatchMeterUsageRequest WithoutAccounts() => this with
    {
        UsageRecords = UsageRecords?
            .Select(record => record with { CustomerAWSAccountId = null, LicenseArn = null }).ToList(),
    };
}

internal sealed record UsageRecord
{
    /// <summary>Seconds since 1970, as exactly as they were sent.</summary>
    public decimal? Timestamp { get; init; }

    public string? CustomerIdentifier { get; init; }

    public string? CustomerAWSAccountId { get; init; }

    public string? LicenseArn { get; init; }

    public string? Dimension { get; init; }

    public int? Quantity { get; init; }

    public IReadOnlyList<UsageAllocation>? UsageAllocations { get; init; }

    /// <summary>Whichever of the two ways to name the customer was used.</summary>
    public string Customer => CustomerIdentifier ?? CustomerAWSAccountId ?? string.Empty;
}

internal sealed record UsageAllocation(int? AllocatedUsageQuantity, IReadOnlyList<Tag>? Tags);

internal sealed record Tag(string? Key, string? Value);

internal sealed record UsageRecordResult(UsageRecord UsageRecord, string? MeteringRecordId, string Status);

internal sealed record BatchMeterUsageResult(
    IReadOnlyList<UsageRecordResult> Results,
    IReadOnlyList<UsageRecord> UnprocessedRecords);

internal sealed record MeterUsageRequest
{
    public string? ProductCode { get; init; }

    /// <summary>Seconds since 1970, as exactly as they were sent.</summary>
    public decimal? Timestamp { get; init; }

    public string? UsageDimension { get; init; }

    public int? UsageQuantity { get; init; }

    public bool? DryRun { get; init; }

    public IReadOnlyList<UsageAllocation>? UsageAllocations { get; init; }

    public string? ClientToken { get; init; }
}

internal sealed record RegisterUsageRequest(string? ProductCode, int? PublicKeyVersion, string? Nonce);

internal sealed record RegisterUsageResult(string Signature, DateTimeOffset? PublicKeyRotationTimestamp);

internal sealed record ResolveCustomerRequest(string? RegistrationToken);
