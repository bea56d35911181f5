namespace Tally.Domain.Delivery;

/// <summary>How large a call may be.</summary>
/// <param name="RecordsMax">Records in a call, at least 1.</param>
/// <param name="BytesMax">Bytes of a call's body, at least 10,000.</param>
public sealed record BatchLimits(int RecordsMax, int BytesMax)
{
    /// <summary>
    /// BatchMeterUsage: 25 records and, with room to spare for the envelope, less than 1 MB. Source: the service model,
    /// UsageRecordList and BatchMeterUsage.
    /// </summary>
    public static BatchLimits Aws { get; } = new(25, 1_000_000);

    /// <summary>One record: a MeterUsage call has no room for more.</summary>
    public static BatchLimits MeterUsage { get; } = new(1, 1_000_000);
}
