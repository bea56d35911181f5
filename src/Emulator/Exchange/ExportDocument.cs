using System.Text.Json;
using Tally.Emulator.Clock;
using Tally.Emulator.Rules;
using Tally.Emulator.State;

namespace Tally.Emulator.Exchange;

/// <summary>
/// Everything that an emulator remembers, as one JSON document: an exchange format, so members are only ever added.
/// Members are nullable because people write such documents too; <see cref="ExportCheck"/> says what is missing.
/// </summary>
internal sealed record ExportDocument
{
    public const string FormatName = "tally-marketplace-emulator";
    public const int CurrentVersion = 1;

    public string? Format { get; init; }

    public int Version { get; init; }

    /// <summary>The length of the time buckets, which the records' keys are made with.</summary>
    public TimeSpan? Period { get; init; }

    /// <summary>What the clock was set to; null: it isn't.</summary>
    public ClockSetting? Clock { get; init; }

    public OpenPoints? OpenPoints { get; init; }

    /// <summary>All else that is kept, by kind and key.</summary>
    public Dictionary<string, Dictionary<string, JsonElement>>? Documents { get; init; }

    public IReadOnlyList<ExportedRecord?>? Records { get; init; }
}

/// <summary>A record, and what of its key the record itself doesn't tell.</summary>
internal sealed record ExportedRecord
{
    /// <summary>The way of naming the customer, and the name.</summary>
    public string? CustomerKey { get; init; }

    /// <summary>The start of the time bucket, in whole seconds since 1970.</summary>
    public long Bucket { get; init; }

    public MeteredRecord? Record { get; init; }

    public static ExportedRecord Of(StoredUsage usage) => new()
    {
        CustomerKey = usage.Key.Customer,
        Bucket = usage.Key.Bucket,
        Record = usage.Record,
    };

    public StoredUsage ToStored()
    {
        var record = Record!;
        var key = new UsageKey(
            record.AccountId, record.Region, record.ProductCode, CustomerKey!, record.Dimension, Bucket);
        return new StoredUsage(key, record);
    }
}
