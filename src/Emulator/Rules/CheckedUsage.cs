using Tally.Emulator.Wire;

namespace Tally.Emulator.Rules;

/// <summary>A record that nothing is wrong with, and what the catalogue says of it.</summary>
internal sealed record CheckedUsage(UsageRecord Sent, UsageKey Key, DateTimeOffset Timestamp, bool IsSubscribed)
{
    /// <summary>The record as it would be stored under a new id.</summary>
    public MeteredRecord ToRecord(string meteringRecordId) => new()
    {
        ProductCode = Key.ProductCode,
        CustomerIdentifier = Sent.CustomerIdentifier,
        CustomerAWSAccountId = Sent.CustomerAWSAccountId,
        LicenseArn = Sent.LicenseArn,
        Dimension = Key.Dimension,
        Timestamp = Timestamp,
        Quantity = Sent.Quantity ?? 0,
        UsageAllocations = Sent.UsageAllocations?.Select(Allocated).ToList(),
        MeteringRecordId = meteringRecordId,
    };

    private static MeteredAllocation Allocated(UsageAllocation sent) => new(
        sent.AllocatedUsageQuantity ?? 0,
        [.. (sent.Tags ?? []).Select(tag => new MeteredTag(tag.Key ?? string.Empty, tag.Value ?? string.Empty))]);
}
