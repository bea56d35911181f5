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
    private readonly Dictionary<(string Customer, RecordKey Key), DateTimeOffset> _forgotten = [];

    /// <summary>Records that wait to be sent or answered.</summary>
    public int WaitingCount => _entries.Values.Count(entry => !entry.IsParked);

    /// <summary>Records whose customers are not subscribed.</summary>
    public int ParkedCount => _entries.Values.Count(entry => entry.IsParked);

    /// <summary>
    /// Takes over what a customer has to deliver. What is there already stays as it is, unless it was released or
    /// corrected meanwhile; what was written off meanwhile stays away.
    /// </summary>
    /// <param name="customer">The customer.</param>
    /// <param name="records">Its records.</param>
    /// <param name="isParked">Whether they are parked.</param>
    /// <param name="notBefore">When they may be sent at the earliest.</param>
    public void Add(string customer, IReadOnlyList<UsageRecord> records, bool isParked, DateTimeOffset notBefore)
    {
        foreach (var record in records)
        {
            var key = (customer, record.Key);
            var pending = Of(customer, record);
            var isKnown = _entries.TryGetValue(key, out var entry)
                && entry.Record == pending
                && (isParked || !entry.IsParked);
            if (!isKnown && !_forgotten.ContainsKey(key))
            {
                _entries[key] = new(pending, isParked, notBefore) { IsTaken = IsTaken(pending) };
            }
        }
    }

    /// <summary>Takes in a record that was released, in place of what it was before.</summary>
    /// <param name="customer">The customer.</param>
    /// <param name="record">The record as it is sent from now on.</param>
    /// <param name="now">The present moment; it may be sent at once.</param>
    public void Release(string customer, UsageRecord record, DateTimeOffset now) =>
        _entries[(customer, record.Key)] = new(Of(customer, record), IsParked: false, now)
        {
            IsTaken = IsTaken(Of(customer, record)),
        };

    /// <summary>
    /// Takes a record out that was written off, and keeps it out: its customer may have handed it out just before.
    /// </summary>
    /// <param name="customer">The customer.</param>
    /// <param name="record">The record.</param>
    /// <param name="now">The present moment.</param>
    public void Forget(string customer, UsageRecord record, DateTimeOffset now)
    {
        foreach (var past in _forgotten.Where(pair => pair.Value <= now).Select(pair => pair.Key).ToList())
        {
            _forgotten.Remove(past);
        }

        var key = (customer, record.Key);
        _forgotten[key] = rules.Deadline(record.Timestamp);
        _entries.Remove(key);
    }

    /// <summary>
    /// Whether a record that was due is still to be sent as it was; it may have been written off or corrected since.
    /// </summary>
    /// <param name="record">The record.</param>
    /// <returns>Whether it is.</returns>
    public bool Holds(PendingRecord record) =>
        _entries.TryGetValue((record.Customer, record.Record.Key), out var entry) && entry.Record == record;

    /// <summary>Lists the records that may be sent now and that nobody has taken.</summary>
    /// <param name="now">The present moment.</param>
    /// <returns>The records, in no order.</returns>
    public List<PendingRecord> Due(DateTimeOffset now) =>
        [.. _entries.Values.Where(entry => entry.IsDue(now)).Select(entry => entry.Record)];

    /// <summary>Lists the records that AWS no longer accepts and that nobody has taken.</summary>
    /// <param name="now">The present moment.</param>
    /// <returns>The records, in no order.</returns>
    public List<PendingRecord> Expired(DateTimeOffset now) =>
    [
        .. _entries.Values
            .Where(entry => !entry.IsTaken && entry.Record.Deadline <= now)
            .Select(entry => entry.Record),
    ];

    /// <summary>Says whether a record may be sent now, and nobody has taken it.</summary>
    /// <param name="record">The record.</param>
    /// <param name="now">The present moment.</param>
    /// <returns>Whether it may.</returns>
    public bool IsDue(PendingRecord record, DateTimeOffset now) =>
        Holds(record) && _entries[(record.Customer, record.Record.Key)].IsDue(now);

    /// <summary>Takes a record, to send it, or gives it back as it was.</summary>
    /// <param name="record">The record.</param>
    /// <param name="isTaken">Whether it is taken.</param>
    public void Take(PendingRecord record, bool isTaken = true)
    {
        var key = (record.Customer, record.Record.Key);
        if (_entries.TryGetValue(key, out var entry) && entry.Record == record)
        {
            _entries[key] = entry with { IsTaken = isTaken };
        }
    }

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

    /// <summary>Puts a record off, and gives it back.</summary>
    /// <param name="record">The record.</param>
    /// <param name="isParked">Whether it is parked.</param>
    /// <param name="notBefore">When it may be sent again at the earliest.</param>
    public void Postpone(PendingRecord record, bool isParked, DateTimeOffset notBefore)
    {
        var key = (record.Customer, record.Record.Key);
        if (_entries.TryGetValue(key, out var entry) && entry.Record == record)
        {
            _entries[key] = entry with { IsParked = isParked, NotBefore = notBefore, IsTaken = false };
        }
    }

    /// <summary>Takes a record out, once its customer has booked that it is settled.</summary>
    /// <param name="customer">The customer.</param>
    /// <param name="key">Which record.</param>
    public void Remove(string customer, RecordKey key) => _entries.Remove((customer, key));

    /// <summary>Whether the very same record is under way: released as it was, it needn't be sent twice.</summary>
    private bool IsTaken(PendingRecord record) =>
        Holds(record) && _entries[(record.Customer, record.Record.Key)].IsTaken;

    private PendingRecord Of(string customer, UsageRecord record) =>
        new(customer, record, rules.Deadline(record.Timestamp));

    private sealed record Entry(PendingRecord Record, bool IsParked, DateTimeOffset NotBefore)
    {
        public bool IsAlarmed { get; init; }

        /// <summary>Whether it is under way, or belongs to a batch that is kept as it is.</summary>
        public bool IsTaken { get; init; }

        public bool IsDue(DateTimeOffset now) => !IsTaken && NotBefore <= now && now < Record.Deadline;
    }
}
