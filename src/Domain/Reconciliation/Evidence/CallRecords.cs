using Tally.Domain.Catalogue;

namespace Tally.Domain.Reconciliation.Evidence;

/// <summary>Collects the records of calls, and knows one again that is sent again.</summary>
/// <param name="records">Gets the records.</param>
internal sealed class CallRecords(List<EvidenceRecord> records)
{
    private const int SecondsPerHour = 3_600;

    private readonly Dictionary<CallRecordKey, int> _places = [];

    /// <summary>Takes a record.</summary>
    /// <param name="record">The record.</param>
    /// <param name="isOfInstance">
    /// Whether it is from MeterUsage. Every instance of a buyer meters the same hour for itself there, and only the
    /// receipt tells them apart. A batch's customer has one record an hour; whether a repetition keeps its receipt,
    /// AWS doesn't say.
    /// </param>
    public void Take(EvidenceRecord record, bool isOfInstance)
    {
        if (!record.IsAccepted)
        {
            EvidenceReader.Add(records, record);
            return;
        }

        var key = new CallRecordKey(
            record.Product,
            record.Identity,
            record.Dimension,
            record.Time.ToUnixTimeSeconds() / SecondsPerHour,
            record.Quantity,
            isOfInstance ? record.MeteringRecordIds.FirstOrDefault() : null);
        if (!_places.TryAdd(key, records.Count))
        {
            var known = records[_places[key]];
            records[_places[key]] = known with
            {
                MeteringRecordIds = [.. known.MeteringRecordIds.Union(record.MeteringRecordIds)],
            };
            return;
        }

        EvidenceReader.Add(records, record);
    }

    private readonly record struct CallRecordKey(
        string? Product,
        CustomerIdentity Identity,
        string Dimension,
        long Hour,
        long Quantity,
        string? Receipt);
}
