namespace Tally.Domain.Delivery;

/// <summary>Packs waiting records of one product into calls.</summary>
public static class BatchPlanner
{
    /// <summary>Bytes of a call's body around its records, generously.</summary>
    private const int EnvelopeBytes = 512;

    /// <summary>Bytes of a record around its texts, generously: member names, numbers, punctuation.</summary>
    private const int RecordBytes = 256;

    /// <summary>JSON can make six bytes of one character (<c>\u0000</c>).</summary>
    private const int BytesPerCharacterMax = 6;

    /// <summary>
    /// Packs records, the most urgent first, into as few calls as the limits allow in that order.
    /// </summary>
    /// <param name="waiting">Records of one product, in any order, none twice.</param>
    /// <param name="limits">How large a call may be.</param>
    /// <returns>
    /// Every record in exactly one batch. The order is by urgency, then customer, dimension and hour, so that it
    /// doesn't depend on the order of the input.
    /// </returns>
    public static IReadOnlyList<IReadOnlyList<PendingRecord>> Plan(
        IEnumerable<PendingRecord> waiting,
        BatchLimits limits)
    {
        var batches = new List<IReadOnlyList<PendingRecord>>();
        var batch = new List<PendingRecord>();
        var bytes = EnvelopeBytes;
        foreach (var record in waiting.Order(PendingOrder.Instance))
        {
            var size = SizeOf(record);
            if (batch.Count == limits.RecordsMax || (batch.Count > 0 && bytes + size > limits.BytesMax))
            {
                batches.Add(batch);
                batch = [];
                bytes = EnvelopeBytes;
            }

            batch.Add(record);
            bytes += size;
        }

        if (batch.Count > 0)
        {
            batches.Add(batch);
        }

        return batches;
    }

    /// <summary>An upper bound of what a record takes in a call's body.</summary>
    /// <param name="record">The record.</param>
    /// <returns>Bytes.</returns>
    public static int SizeOf(PendingRecord record)
    {
        var identity = record.Record.Identity;
        var characters = record.Record.Dimension.Length
            + (identity.CustomerIdentifier?.Length ?? 0)
            + (identity.AwsAccountId?.Length ?? 0)
            + (identity.LicenseArn?.Length ?? 0);
        return RecordBytes + (characters * BytesPerCharacterMax) + (record.Record.Allocations?.Size() ?? 0);
    }
}
