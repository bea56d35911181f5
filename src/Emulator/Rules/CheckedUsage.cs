using Tally.Emulator.State;
using Tally.Emulator.Wire;

namespace Tally.Emulator.Rules;

/// <summary>A record that nothing is wrong with, and what the catalogue says of it.</summary>
internal sealed record CheckedUsage(UsageRecord Sent, UsageKey Key, DateTimeOffset Timestamp, bool IsSubscribed)
{
    /// <summary>The record as it would be stored under a new id.</summary>
    public StoredUsage ToStored(string meteringRecordId) => new(Key, new MeteredRecord
    {
        AccountId = Key.AccountId,
        Region = Key.Region,
        ProductCode = Key.ProductCode,
        CustomerIdentifier = Sent.CustomerIdentifier,
        CustomerAWSAccountId = Sent.CustomerAWSAccountId,
        LicenseArn = Sent.LicenseArn,
        Dimension = Key.Dimension,
        Timestamp = Timestamp,
        Quantity = Sent.Quantity ?? 0,
        UsageAllocations = Allocations.Stored(Sent.UsageAllocations),
        MeteringRecordId = meteringRecordId,
    });
}
