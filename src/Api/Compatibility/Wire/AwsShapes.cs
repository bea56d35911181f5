namespace Tally.Api.Compatibility.Wire;

// Shapes of AWS's service model (marketplacemetering, API version 2016-01-14), named as there.

/// <summary>What BatchMeterUsage asks for.</summary>
internal sealed record BatchMeterUsageRequest(string? ProductCode, IReadOnlyList<UsageRecord>? UsageRecords);

/// <summary>One record of usage.</summary>
internal sealed record UsageRecord(
    string? CustomerAWSAccountId,
    string? CustomerIdentifier,
    string? Dimension,
    string? LicenseArn,
    int? Quantity,
    decimal? Timestamp,
    IReadOnlyList<UsageAllocation>? UsageAllocations);

/// <summary>A part of a record's quantity.</summary>
internal sealed record UsageAllocation(int? AllocatedUsageQuantity, IReadOnlyList<UsageTag>? Tags);

/// <summary>A tag of an allocation.</summary>
internal sealed record UsageTag(string? Key, string? Value);

/// <summary>What BatchMeterUsage answers.</summary>
internal sealed record BatchMeterUsageResult(
    IReadOnlyList<UsageRecordResult> Results,
    IReadOnlyList<UsageRecord> UnprocessedRecords);

/// <summary>What became of one record.</summary>
internal sealed record UsageRecordResult(string? MeteringRecordId, string Status, UsageRecord UsageRecord);

/// <summary>What MeterUsage asks for.</summary>
internal sealed record MeterUsageRequest(
    string? ClientToken,
    bool? DryRun,
    string? ProductCode,
    decimal? Timestamp,
    IReadOnlyList<UsageAllocation>? UsageAllocations,
    string? UsageDimension,
    int? UsageQuantity);

/// <summary>What MeterUsage answers.</summary>
internal sealed record MeterUsageResult(string MeteringRecordId);

/// <summary>What ResolveCustomer asks for.</summary>
internal sealed record ResolveCustomerRequest(string? RegistrationToken);

/// <summary>What ResolveCustomer answers.</summary>
internal sealed record ResolveCustomerResult(
    string? CustomerAWSAccountId, string? CustomerIdentifier, string? LicenseArn, string ProductCode);

/// <summary>What RegisterUsage asks for.</summary>
internal sealed record RegisterUsageRequest(string? Nonce, string? ProductCode, int? PublicKeyVersion);

/// <summary>What RegisterUsage answers.</summary>
internal sealed record RegisterUsageResult(long? PublicKeyRotationTimestamp, string Signature);
