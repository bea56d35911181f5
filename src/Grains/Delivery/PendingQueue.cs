using Tally.Contracts.Customers;
using Tally.Domain.Delivery;
using Tally.Domain.Sealing;
using Tally.Domain.Time;

namespace Tally.Grains.Delivery;

/// <summary>
/// The records that a product has to deliver, as its customers handed them out. Only a copy: the customers store
/// them, and hand them out again whenever they are asked.
/// </summary>
/// <param name="rules">Until when AWS accepts records.</param>
/// <param name="probeInterval">
/// How often one record asks whether a customer is subscribed that AWS says isn't; zero for never.
/// </param>
internal sealed class PendingQueue(AcceptanceRules rules, TimeSpan probeInterval)
{
    private readonly Dictionary<(string Customer, RecordKey Key), Entry> _entries = [];
    private readonly Dictionary<(string Customer, RecordKey Key), DateTimeOffset> _forgotten = [];

    /// <summary>The customers that AWS says aren't subscribed, each with when it is asked again.</summary>
    private readonly Dictionary<string, DateTimeOffset> _refused = new(StringComparer.Ordinal);

    // What was due when it was last listed is due until it is taken; what else may be, these say.
    private bool _hasNews = true;
    private DateTimeOffset _nextDue = DateTimeOffset.MaxValue;

    /// <summary>Until when AWS accepts records; to be set before there are any.</summary>
    public AcceptanceRules Rules { get; set; } = rules;

    /// <summary>Records that wait to be sent or answered.</summary>
    public int WaitingCount => _refused.Count == 0
        ? _entries.Count
        : _entries.Keys.Count(key => !_refused.ContainsKey(key.Customer));

    /// <summary>Records whose customers are not subscribed.</summary>
    public int ParkedCount => _entries.Count - WaitingCount;

    /// <summary>
    /// Takes over what a customer has to deliver. What is there already stays as it is, unless it was corrected
    /// meanwhile; what was written off meanwhile stays away.
    /// </summary>
    /// <param name="customer">The customer.</param>
    /// <param name="toSend">What it has to deliver.</param>
    /// <param name="now">The present moment; what is new may be sent at once.</param>
    public void Add(string customer, SealReply toSend, DateTimeOffset now)
    {
        if (!toSend.IsRefused)
        {
            Allow(customer);
        }
        else if (!_refused.ContainsKey(customer))
        {
            _refused[customer] = probeInterval > TimeSpan.Zero ? now : DateTimeOffset.MaxValue;
            _hasNews = true;
        }

        foreach (var record in toSend.Waiting.Concat(toSend.Parked))
        {
            var key = (customer, record.Key);
            var pending = Of(customer, record, toSend.SendBy);
            if (_entries.TryGetValue(key, out var entry) && entry.Record == pending)
            {
                _hasNews |= entry.Record.SendBy != pending.SendBy;
                entry.Record = pending;
            }
            else if (!_forgotten.ContainsKey(key))
            {
                _entries[key] = new(pending, now);
                _hasNews = true;
            }
        }
    }

    /// <summary>
    /// Takes in a record that was released, in place of what it was before; AWS is asked again about its customer.
    /// </summary>
    /// <param name="customer">The customer.</param>
    /// <param name="record">The record as it is sent from now on.</param>
    /// <param name="now">The present moment; it may be sent at once.</param>
    public void Release(string customer, UsageRecord record, DateTimeOffset now)
    {
        Allow(customer);
        var pending = Of(customer, record, null);

        // The very same record may be under way: released as it was, it needn't be sent twice.
        var isTaken = Holds(pending) && _entries[(customer, record.Key)].IsTaken;
        _entries[(customer, record.Key)] = new(pending, now) { IsTaken = isTaken };
        _hasNews = true;
    }

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
        _forgotten[key] = Rules.Deadline(record.Timestamp);
        _entries.Remove(key);

        // Another one may ask in its place whether the customer is subscribed.
        _hasNews |= IsRefused(customer);
    }

    /// <summary>Whether AWS says that a customer isn't subscribed.</summary>
    /// <param name="customer">The customer.</param>
    /// <returns>Whether it does.</returns>
    public bool IsRefused(string customer) => _refused.ContainsKey(customer);

    /// <summary>
    /// Whether a record that was due is still to be sent as it was; it may have been written off or corrected since.
    /// </summary>
    /// <param name="record">The record.</param>
    /// <returns>Whether it is.</returns>
    public bool Holds(PendingRecord record) => Find(record) is not null;

    /// <summary>
    /// Whether more may be sent than what was due when that was last listed and has not been taken since.
    /// </summary>
    /// <param name="now">The present moment.</param>
    /// <returns>Whether it may.</returns>
    public bool HasNews(DateTimeOffset now) => _hasNews || _nextDue <= now;

    /// <summary>
    /// Lists the records that may be sent now and that nobody has taken; of a customer that isn't subscribed the one
    /// that asks whether it is by now, which is not urgent.
    /// </summary>
    /// <param name="now">The present moment.</param>
    /// <returns>The records, in no order.</returns>
    public List<PendingRecord> Due(DateTimeOffset now)
    {
        var due = new List<PendingRecord>();
        var probes = new Dictionary<string, PendingRecord>(StringComparer.Ordinal);
        (_hasNews, _nextDue) = (false, DateTimeOffset.MaxValue);
        foreach (var (key, entry) in _entries)
        {
            var askedAt = DateTimeOffset.MinValue;
            var isRefused = _refused.Count > 0 && _refused.TryGetValue(key.Customer, out askedAt);
            if (!entry.IsDue(now) || askedAt > now)
            {
                DueAt(entry.NotBefore > askedAt ? entry.NotBefore : askedAt, now);
                continue;
            }

            if (!isRefused)
            {
                due.Add(entry.Record);
            }
            else if (!probes.TryGetValue(key.Customer, out var other) || entry.Record.Deadline < other.Deadline)
            {
                probes[key.Customer] = entry.Record;
            }
        }

        due.AddRange(probes.Values.Select(probe => probe with { SendBy = DateTimeOffset.MaxValue }));
        return due;
    }

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
        Find(record)?.IsDue(now) == true
        && (_refused.Count == 0 || !_refused.TryGetValue(record.Customer, out var askedAt) || askedAt <= now);

    /// <summary>Takes a record, to send it.</summary>
    /// <param name="record">The record.</param>
    /// <param name="now">The present moment.</param>
    public void Take(PendingRecord record, DateTimeOffset now)
    {
        if (Find(record) is { } entry)
        {
            entry.IsTaken = true;
        }

        if (IsRefused(record.Customer))
        {
            AskAgain(record.Customer, now);
        }
    }

    /// <summary>Gives a record back as it was.</summary>
    /// <param name="record">The record.</param>
    public void GiveBack(PendingRecord record) => Postpone(record, null);

    /// <summary>Lists records that are close to the time by which they should be sent, each once.</summary>
    /// <param name="now">The present moment.</param>
    /// <param name="margin">How close is close.</param>
    /// <returns>The records that have come close since the last call.</returns>
    public List<PendingRecord> TakeAtRisk(DateTimeOffset now, TimeSpan margin)
    {
        var atRisk = _entries.Values
            .Where(entry => !entry.IsAlarmed && entry.Record.SendBy - margin <= now)
            .ToList();
        atRisk.ForEach(entry => entry.IsAlarmed = true);
        return atRisk.ConvertAll(entry => entry.Record);
    }

    /// <summary>Puts a record off, and gives it back.</summary>
    /// <param name="record">The record.</param>
    /// <param name="notBefore">When it may be sent again at the earliest.</param>
    public void Postpone(PendingRecord record, DateTimeOffset notBefore) =>
        Postpone(record, (DateTimeOffset?)notBefore);

    /// <summary>
    /// Gives a record back of which AWS says that its customer isn't subscribed: none of the customer's are sent any
    /// more, but one from time to time.
    /// </summary>
    /// <param name="record">The record.</param>
    /// <param name="now">The present moment.</param>
    public void Refuse(PendingRecord record, DateTimeOffset now)
    {
        GiveBack(record);
        AskAgain(record.Customer, now);
    }

    /// <summary>Takes a record out, once its customer has booked that it is settled.</summary>
    /// <param name="record">The record.</param>
    /// <param name="isDelivered">Whether AWS has it, so that its customer is subscribed.</param>
    public void Remove(PendingRecord record, bool isDelivered)
    {
        _entries.Remove((record.Customer, record.Record.Key));
        _hasNews |= IsRefused(record.Customer);
        if (isDelivered)
        {
            Allow(record.Customer);
        }
    }

    /// <summary>Takes out everything of customers that another shard delivers.</summary>
    /// <param name="customers">The customers.</param>
    public void RemoveAll(IEnumerable<string> customers)
    {
        var gone = customers.ToHashSet(StringComparer.Ordinal);
        foreach (var key in _entries.Keys.Where(key => gone.Contains(key.Customer)).ToList())
        {
            _entries.Remove(key);
        }

        foreach (var customer in gone)
        {
            _refused.Remove(customer);
        }
    }

    private void AskAgain(string customer, DateTimeOffset now)
    {
        _refused[customer] = probeInterval > TimeSpan.Zero ? now + probeInterval : DateTimeOffset.MaxValue;
        _hasNews = true;
    }

    private void Allow(string customer) => _hasNews |= _refused.Remove(customer);

    private void DueAt(DateTimeOffset then, DateTimeOffset now)
    {
        if (then > now && then < _nextDue)
        {
            _nextDue = then;
        }
    }

    private Entry? Find(PendingRecord record) =>
        _entries.TryGetValue((record.Customer, record.Record.Key), out var entry) && entry.Record == record
            ? entry
            : null;

    private void Postpone(PendingRecord record, DateTimeOffset? notBefore)
    {
        if (Find(record) is { } entry)
        {
            (entry.NotBefore, entry.IsTaken) = (notBefore ?? entry.NotBefore, false);
            _hasNews = true;
        }
    }

    private PendingRecord Of(string customer, UsageRecord record, DateTimeOffset? sendBy)
    {
        var deadline = Rules.Deadline(record.Timestamp);
        return new(customer, record, deadline) { SendBy = sendBy < deadline ? sendBy.Value : deadline };
    }

    private sealed class Entry(PendingRecord record, DateTimeOffset notBefore)
    {
        public PendingRecord Record { get; set; } = record;

        public DateTimeOffset NotBefore { get; set; } = notBefore;

        public bool IsAlarmed { get; set; }

        /// <summary>Whether it is under way, or belongs to a batch that is kept as it is.</summary>
        public bool IsTaken { get; set; }

        public bool IsDue(DateTimeOffset now) => !IsTaken && NotBefore <= now && now < Record.Deadline;
    }
}
