using Amazon.AWSMarketplaceMetering.Model;
using static Amazon.AWSMarketplaceMetering.Wire.JsonForms;

namespace Amazon.AWSMarketplaceMetering.Wire;

/// <summary>
/// The structures of the service model 2016-01-14, members in alphabetical order. This is the whole of what is known
/// here about JSON: a member that AWS adds takes a property in Model and a line here.
/// </summary>
internal static class Shapes
{
    public static readonly Shape<Tag> Tag = new Shape<Tag>()
        .With("Key", Text, t => t.Key, (t, v) => t.Key = v)
        .With("Value", Text, t => t.Value, (t, v) => t.Value = v);

    public static readonly Shape<UsageAllocation> UsageAllocation = new Shape<UsageAllocation>()
        .With("AllocatedUsageQuantity", Whole, a => a.AllocatedUsageQuantity, (a, v) => a.AllocatedUsageQuantity = v)
        .With("Tags", ListOf(Tag), a => a.Tags, (a, v) => a.Tags = v);

    public static readonly Shape<UsageRecord> UsageRecord = new Shape<UsageRecord>()
        .With("CustomerAWSAccountId", Text, r => r.CustomerAWSAccountId, (r, v) => r.CustomerAWSAccountId = v)
        .With("CustomerIdentifier", Text, r => r.CustomerIdentifier, (r, v) => r.CustomerIdentifier = v)
        .With("Dimension", Text, r => r.Dimension, (r, v) => r.Dimension = v)
        .With("LicenseArn", Text, r => r.LicenseArn, (r, v) => r.LicenseArn = v)
        .With("Quantity", Whole, r => r.Quantity, (r, v) => r.Quantity = v)
        .With("Timestamp", EpochSeconds, r => r.Timestamp, (r, v) => r.Timestamp = v)
        .With("UsageAllocations", ListOf(UsageAllocation), r => r.UsageAllocations, (r, v) => r.UsageAllocations = v);

    public static readonly Shape<UsageRecordResult> UsageRecordResult = new Shape<UsageRecordResult>()
        .With("MeteringRecordId", Text, r => r.MeteringRecordId, (r, v) => r.MeteringRecordId = v)
        .With("Status", Status, r => r.Status, (r, v) => r.Status = v)
        .With("UsageRecord", UsageRecord, r => r.UsageRecord, (r, v) => r.UsageRecord = v);

    public static readonly Shape<Metadata> Metadata = new Shape<Metadata>()
        .With("AgreementId", Text, m => m.AgreementId, (m, v) => m.AgreementId = v);

    public static readonly Shape<BatchMeterUsageRequest> BatchMeterUsageRequest = new Shape<BatchMeterUsageRequest>()
        .With("ProductCode", Text, r => r.ProductCode, (r, v) => r.ProductCode = v)
        .With("UsageRecords", ListOf(UsageRecord), r => r.UsageRecords, (r, v) => r.UsageRecords = v);

    public static readonly Shape<BatchMeterUsageResponse> BatchMeterUsageResponse = new Shape<BatchMeterUsageResponse>()
        .With("Results", ListOf(UsageRecordResult), r => r.Results, (r, v) => r.Results = v)
        .With("UnprocessedRecords", ListOf(UsageRecord), r => r.UnprocessedRecords, (r, v) => r.UnprocessedRecords = v);

    public static readonly Shape<MeterUsageRequest> MeterUsageRequest = new Shape<MeterUsageRequest>()
        .With("ClientToken", Text, r => r.ClientToken ?? NewClientToken(), (r, v) => r.ClientToken = v)
        .With("DryRun", Flag, r => r.DryRun, (r, v) => r.DryRun = v)
        .With("ProductCode", Text, r => r.ProductCode, (r, v) => r.ProductCode = v)
        .With("Timestamp", EpochSeconds, r => r.Timestamp, (r, v) => r.Timestamp = v)
        .With("UsageAllocations", ListOf(UsageAllocation), r => r.UsageAllocations, (r, v) => r.UsageAllocations = v)
        .With("UsageDimension", Text, r => r.UsageDimension, (r, v) => r.UsageDimension = v)
        .With("UsageQuantity", Whole, r => r.UsageQuantity, (r, v) => r.UsageQuantity = v);

    public static readonly Shape<MeterUsageResponse> MeterUsageResponse = new Shape<MeterUsageResponse>()
        .With("MeteringRecordId", Text, r => r.MeteringRecordId, (r, v) => r.MeteringRecordId = v);

    public static readonly Shape<RegisterUsageRequest> RegisterUsageRequest = new Shape<RegisterUsageRequest>()
        .With("Nonce", Text, r => r.Nonce, (r, v) => r.Nonce = v)
        .With("ProductCode", Text, r => r.ProductCode, (r, v) => r.ProductCode = v)
        .With("PublicKeyVersion", Whole, r => r.PublicKeyVersion, (r, v) => r.PublicKeyVersion = v);

    public static readonly Shape<RegisterUsageResponse> RegisterUsageResponse = new Shape<RegisterUsageResponse>()
        .With(
            "PublicKeyRotationTimestamp", EpochSeconds,
            r => r.PublicKeyRotationTimestamp, (r, v) => r.PublicKeyRotationTimestamp = v)
        .With("Signature", Text, r => r.Signature, (r, v) => r.Signature = v);

    public static readonly Shape<ResolveCustomerRequest> ResolveCustomerRequest = new Shape<ResolveCustomerRequest>()
        .With("RegistrationToken", Text, r => r.RegistrationToken, (r, v) => r.RegistrationToken = v);

    public static readonly Shape<ResolveCustomerResponse> ResolveCustomerResponse = new Shape<ResolveCustomerResponse>()
        .With("CustomerAWSAccountId", Text, r => r.CustomerAWSAccountId, (r, v) => r.CustomerAWSAccountId = v)
        .With("CustomerIdentifier", Text, r => r.CustomerIdentifier, (r, v) => r.CustomerIdentifier = v)
        .With("LicenseArn", Text, r => r.LicenseArn, (r, v) => r.LicenseArn = v)
        .With("Metadata", Metadata, r => r.Metadata, (r, v) => r.Metadata = v)
        .With("ProductCode", Text, r => r.ProductCode, (r, v) => r.ProductCode = v);

    private static ListForm<T> ListOf<T>(IJsonForm<T> element) => new(element);

    // The model's only idempotency token. A request is written once, before its first attempt, so that all attempts
    // carry the same one.
    private static string NewClientToken() => Guid.NewGuid().ToString();
}
