using Tally.Domain.Delivery;
using Tally.Domain.Sealing;
using Tally.Domain.Time;

namespace Tally.Grains.Delivery;

/// <summary>
/// The records that a product has to deliver, as its customers handed them out. Only a copy: the customers store
/// them, and hand them out again whenever they are asked.
/// </summary>
/// <param name="rules">Until when AWS accepts records.</param>
internal sealed class PendingQueue(AcceptanceRules rules)
{
    private readonly Dictionary<(string Customer, RecordKey Key), Entry> _entries = [];

    /// <summary>Records that wait to be sent or answered.</summary>
    public int WaitingCount => _entries.Values.Count(entry => !entry.IsParked);

    /// <summary>Records whose customers are not subscribed.</summary>
    public int ParkedCount => _entries.Values.Count(entry => entry.IsParked);

    /// <summary>Takes over what a customer has to deliver; what is there already stays as it is.</summary>
    /// <param name="customer">The customer.</param>
    /// <param name="records">Its records.</param>
    /// <param name="isParked">Whether they are parked.</param>
    /// <param name="notBefore">When they may be sent at the earliest.</param>
    public void Add(string customer, IReadOnlyList<UsageRecord> records, bool isParked, DateTimeOffset notBefore)
    {
        foreach (var record in records)
        {
            var pending = new PendingRecord(customer, record, rules.Deadline(record.Timestamp));
            _entries.TryAdd((customer, record.Key), new(pending, isParked, notBefore));
        }
    }

    /// <summary>Lists the records that may be sent now.</summary>
    /// <param name="now">The present moment.</param>
    /// <returns>The records, in no order.</returns>
    public List<PendingRecord> Due(DateTimeOffset now) =>
        [.. _entries.Values.Where(entry => entry.NotBefore <= now).Select(entry => entry.Record)];

    /// <summary>Lists the records that AWS no longer accepts.</summary>
    /// <param name="now">The present moment.</param>
    /// <returns>The records, in no order.</returns>
    public List<PendingRecord> Expired(DateTimeOffset now) =>
        [.. _entries.Values.Where(entry => entry.Record.Deadline <= now).Select(entry => entry.Record)];

    /// <summary>Lists records that are close to their deadline, each once.</summary>
    /// <param name="now">The present moment.</param>
    /// <param name="margin">How close is close.</param>
    /// <returns>The records that have come close since the last call.</returns>
    public List<PendingRecord> TakeAtRisk(DateTimeOffset now, TimeSpan margin)
    {
        var atRisk = _entries
            .Where(pair => !pair.Value.IsAlarmed && pair.Value.Record.Deadline - margin <= now)
            .ToList();
        foreach (var (key, entry) in atRisk)
        {
            _entries[key] = entry with { IsAlarmed = true };
        }

        return [.. atRisk.Select(pair => pair.Value.Record)];
    }

    /// <summary>Puts a record off.</summary>
    /// <param name="record">The record.</param>
    /// <param name="isParked">Whether it is parked.</param>
    /// <param name="notBefore">When it may be sent again at the earliest.</param>
    public void Postpone(PendingRecord record, bool isParked, DateTimeOffset notBefore)
    {
        var key = (record.Customer, record.Record.Key);
        if (_entries.TryGetValue(key, out var entry))
        {
            _entries[key] = entry with { IsParked = isParked, NotBefore = notBefore };
        }
    }

    /// <summary>Takes a record out, once its customer has booked that it is settled.</summary>
    /// <param name="customer">The customer.</param>
    /// <param name="key">Which record.</param>
    public void Remove(string customer, RecordKey key) => _entries.Remove((customer, key));

    private sealed record Entry(PendingRecord Record, bool IsParked, DateTimeOffset NotBefore, bool IsAlarmed = false);
}
