using System.Numerics;
using Tally.Domain.Catalogue;
using Tally.Domain.Conservation;
using Tally.Domain.Counting;
using Tally.Domain.Quantities;
using Tally.Domain.Sealing;
using Tally.Domain.Time;

namespace Tally.Domain.Tests.Counting.Model;

/// <summary>
/// The judge of the ledger: keeps every event for ever and computes everything anew from them. Slow and obvious, and
/// shares no code with what it judges but the values.
/// </summary>
internal sealed class NaiveLedger(CountingRules rules)
{
    private readonly Dictionary<int, (ulong Fingerprint, DateTimeOffset Arrival)> _known = [];
    private readonly Dictionary<(int Ordinal, long Start), List<TestEvent>> _open = [];
    private readonly List<(int Ordinal, Quantity Value)> _sealed = [];
    private readonly Dictionary<int, decimal> _carry = [];
    private readonly Dictionary<int, decimal> _rounding = [];
    private readonly Dictionary<int, Quantity> _fromPreviousMonth = [];
    private readonly Dictionary<(int Ordinal, long Denominator), BigInteger> _fractions = [];
    private readonly Dictionary<int, NaiveAllocations> _allocations = [];

    /// <summary>Every record ever made.</summary>
    public Dictionary<RecordKey, RecordView> Records { get; } = [];

    /// <summary>The start of the last hour that is sealed.</summary>
    public long? SealedThrough { get; set; }

    /// <summary>The start of the last hour that idle dimensions got a record of zero for.</summary>
    public long? ZeroesThrough { get; set; }

    /// <summary>Every accumulator that isn't sealed.</summary>
    public IEnumerable<OpenUsage> Open => _open.Select(pair => new OpenUsage(
        new(pair.Key.Ordinal, pair.Key.Start),
        ValueOf(pair.Key.Ordinal, pair.Value),
        pair.Value.Count,
        LateOf(pair.Key, pair.Value)));

    /// <summary>What sealed hours left beyond millionths.</summary>
    public IEnumerable<(int Ordinal, MicroFraction Fraction)> Remainders => _fractions
        .Where(pair => !pair.Value.IsZero)
        .Select(pair => (pair.Key.Ordinal, new MicroFraction((long)pair.Value, pair.Key.Denominator)))
        .Order();

    /// <summary>Whether the flush must know the customer.</summary>
    public bool IsPending =>
        _open.Count > 0
        || _carry.Values.Any(carry => carry >= 1)
        || Records.Values.Any(record => record.State is RecordState.Waiting or RecordState.Parked or RecordState.Held);

    /// <summary>Which dimensions have ever counted anything.</summary>
    public IEnumerable<int> Ordinals =>
        _open.Keys.Select(key => key.Ordinal)
            .Concat(_sealed.Select(accumulator => accumulator.Ordinal))
            .Concat(Records.Keys.Select(key => key.Ordinal))
            .Distinct();

    /// <summary>Counts one event.</summary>
    /// <returns>The answers that are right; the first is what it did.</returns>
    public CountStatus[] Post(TestEvent sample, DateTimeOffset now)
    {
        var late = rules.Product.Late;
        if (rules.Product.Dimensions.SingleOrDefault(one => one.Ordinal == sample.Ordinal && !one.Retired) is null)
        {
            return [CountStatus.UnknownDimension];
        }

        if (_known.TryGetValue(sample.Id, out var known))
        {
            var status = known.Fingerprint == sample.Fingerprint ? CountStatus.Duplicate : CountStatus.Conflict;
            return now - known.Arrival <= late.RememberedFor ? [status] : [status, CountStatus.TooOld];
        }

        if (sample.Time - now > late.FutureTolerance)
        {
            return [CountStatus.FromTheFuture];
        }

        if (now - sample.Time > late.EventAgeMax)
        {
            return [CountStatus.TooOld];
        }

        var own = rules.Period.Of(sample.Time);
        var hour = own;
        while (!IsOpen(hour, now))
        {
            hour = hour.Next;
        }

        var isOfItsMonth = MonthOf(hour.StartSeconds) == MonthOf(own.StartSeconds);
        var mode = isOfItsMonth ? late.Mode : late.PreviousMonth ?? late.Mode;
        if (hour != own && mode == LatePolicyMode.Refuse)
        {
            return [isOfItsMonth ? CountStatus.HourClosed : CountStatus.MonthClosed];
        }

        _known.Add(sample.Id, (sample.Fingerprint, now));
        var key = (sample.Ordinal, hour.StartSeconds);
        _open[key] = [.. _open.GetValueOrDefault(key, []), sample];
        return [CountStatus.Counted];
    }

    /// <summary>Seals every hour up to one.</summary>
    public bool Seal(MeteringHour through, CustomerIdentity identity)
    {
        if (SealedThrough >= through.StartSeconds)
        {
            return false;
        }

        var changed = false;
        foreach (var (key, events) in _open.Where(pair => pair.Key.Start <= through.StartSeconds)
            .OrderBy(pair => pair.Key.Start).ToList())
        {
            var value = ValueOf(key.Ordinal, events) + Complete(key.Ordinal, events);
            _open.Remove(key);
            _fromPreviousMonth[key.Ordinal] =
                _fromPreviousMonth.GetValueOrDefault(key.Ordinal) + LateOf(key, events);
            _sealed.Add((key.Ordinal, value));
            Allocate(key.Ordinal, events, value);
            MakeRecord(key.Ordinal, key.Start, UnitsOf(value), identity);
            changed = true;
        }

        foreach (var ordinal in _carry.Keys.Where(ordinal => _carry[ordinal] >= 1).ToList())
        {
            if (!Records.ContainsKey(new(ordinal, through.StartSeconds)))
            {
                MakeRecord(ordinal, through.StartSeconds, 0, identity);
                changed = true;
            }
        }

        SealedThrough = through.StartSeconds;
        return changed;
    }

    /// <summary>Makes records of zero for hours without any.</summary>
    public bool SealZeroes(MeteringHour through, CustomerIdentity identity, DateTimeOffset now)
    {
        var wanted = rules.Product.Dimensions.Where(dimension => dimension.SendZero && !dimension.Retired).ToList();
        var before = ZeroesThrough;
        if (wanted.Count == 0)
        {
            return false;
        }

        ZeroesThrough = Math.Max(before ?? long.MinValue, Math.Min(through.StartSeconds, SealedThrough!.Value));
        for (var hour = rules.Period.Starting(ZeroesThrough.Value); hour.StartSeconds > before; hour = hour.Previous)
        {
            var age = (ZeroesThrough.Value - hour.StartSeconds) / rules.Period.LengthSeconds;
            if (age >= 24 || rules.Acceptance.Deadline(hour.RecordTime) <= now + rules.DeliveryMargin)
            {
                break;
            }

            foreach (var dimension in wanted.Where(dimension => !IsStuck(dimension.Ordinal)))
            {
                var timestamp = hour.RecordTime.ToUnixTimeSeconds();
                var key = new RecordKey(dimension.Ordinal, hour.StartSeconds);
                var record = new UsageRecord(key, identity, dimension.Name, timestamp, 0);
                Records.TryAdd(key, new(record, RecordState.Waiting, null));
            }
        }

        return ZeroesThrough != before;
    }

    /// <summary>Notes what happened to a record.</summary>
    public void Settle(Settlement settlement)
    {
        if (!Records.TryGetValue(settlement.Key, out var record)
            || record.State is RecordState.Delivered or RecordState.Expired or RecordState.Shadowed
            || (record.State == RecordState.WrittenOff && settlement.State != RecordState.Delivered)
            || record.Last == settlement
            || (record.State == settlement.State && record.State != RecordState.Parked))
        {
            return;
        }

        Records[settlement.Key] = record with { State = settlement.State, Last = settlement };
    }

    /// <summary>Does what a person wants done with a record.</summary>
    public AmendStatus Amend(RecordAmendment amendment, DateTimeOffset now)
    {
        if (!Records.TryGetValue(amendment.Key, out var view))
        {
            return AmendStatus.UnknownRecord;
        }

        var isWriteOff = amendment.Act == RecordAct.WriteOff;
        var record = view.Record with
        {
            Dimension = amendment.Correction?.Dimension ?? view.Record.Dimension,
            Identity = amendment.Correction?.Identity ?? view.Record.Identity,
        };
        var isCorrected = record != view.Record;
        if (!isCorrected && view.State == (isWriteOff ? RecordState.WrittenOff : RecordState.Waiting))
        {
            return AmendStatus.Done;
        }

        if (view.State is not (RecordState.Parked or RecordState.Quarantined or RecordState.Held)
            || (isCorrected && view.State != RecordState.Quarantined))
        {
            return AmendStatus.WrongState;
        }

        if (!isWriteOff && rules.Acceptance.Deadline(record.Timestamp) <= now)
        {
            return AmendStatus.TooLate;
        }

        if (isCorrected && rules.Product.Dimensions.All(dimension => dimension.Name != record.Dimension))
        {
            return AmendStatus.UnknownDimension;
        }

        if (isCorrected && Records.Any(other =>
            other.Key != amendment.Key
            && other.Key.HourStartSeconds == amendment.Key.HourStartSeconds
            && other.Value.Record.Dimension == record.Dimension))
        {
            return AmendStatus.Collision;
        }

        var words = amendment.Act switch
        {
            RecordAct.Release => "released by ",
            RecordAct.Correct => "corrected by ",
            _ => "written off by ",
        };
        var reason = $"{words}{amendment.By}: {amendment.Reason} (before: {view.Last!.Reason})";
        var state = isWriteOff ? RecordState.WrittenOff : RecordState.Waiting;
        Records[amendment.Key] =
            view with { Record = record, State = state, Last = new(amendment.Key, state, null, reason, now) };
        return AmendStatus.Done;
    }

    /// <summary>The conservation equation of a dimension, every part computed on its own.</summary>
    public Balance BalanceOf(int ordinal)
    {
        var open = Total(Open.Where(usage => usage.Key.Ordinal == ordinal).Select(usage => usage.Quantity));
        return new(
            open + Total(_sealed.Where(accumulator => accumulator.Ordinal == ordinal).Select(one => one.Value)),
            QuantityOf(_rounding.GetValueOrDefault(ordinal)),
            In(RecordState.Delivered),
            open,
            In(RecordState.Waiting),
            In(RecordState.Parked),
            In(RecordState.Quarantined),
            In(RecordState.Held),
            In(RecordState.Expired),
            In(RecordState.WrittenOff),
            In(RecordState.Shadowed),
            QuantityOf(_carry.GetValueOrDefault(ordinal)));

        Quantity In(RecordState state) => Total(Records.Values
            .Where(record => record.Record.Key.Ordinal == ordinal && record.State == state)
            .Select(record => Quantity.OfUnits(record.Record.Quantity)));
    }

    private static Quantity Total(IEnumerable<Quantity> parts) =>
        parts.Aggregate(Quantity.Zero, (sum, part) => sum + part);

    private static decimal UnitsOf(Quantity quantity) => (decimal)quantity.Micros / 1_000_000m;

    private static Quantity QuantityOf(decimal units) => new((Int128)(units * 1_000_000m));

    private bool IsStuck(int ordinal) => Records.Values.Any(record =>
        record.Record.Key.Ordinal == ordinal && (record.State is RecordState.Parked or RecordState.Quarantined));

    private bool IsOpen(MeteringHour hour, DateTimeOffset now) =>
        !(hour.StartSeconds <= SealedThrough)
        && rules.Acceptance.Deadline(hour.RecordTime) > now + rules.DeliveryMargin;

    private Quantity ValueOf(int ordinal, List<TestEvent> events) =>
        AccumulatorTests.NaiveValue(events, rules.Product.Dimensions[ordinal].Aggregation);

    private static (int, int) MonthOf(long seconds)
    {
        var day = DateTimeOffset.FromUnixTimeSeconds(seconds).UtcDateTime;
        return (day.Year, day.Month);
    }

    /// <summary>What events of a previous month come to, on their own.</summary>
    private Quantity LateOf((int Ordinal, long Start) key, List<TestEvent> events) => ValueOf(
        key.Ordinal,
        [.. events.Where(one => MonthOf(one.Time.ToUnixTimeSeconds()).CompareTo(MonthOf(key.Start)) < 0)]);

    /// <summary>Adds fractions to those of sealed hours.</summary>
    /// <returns>What came to whole millionths.</returns>
    private Quantity Complete(int ordinal, List<TestEvent> events)
    {
        var whole = Quantity.Zero;
        foreach (var left in AccumulatorTests.NaiveFractions(events, rules.Product.Dimensions[ordinal].Aggregation)
            .Where(left => left.Numerator > 0))
        {
            var sum = _fractions.GetValueOrDefault((ordinal, left.Denominator)) + left.Numerator;
            whole += new Quantity((Int128)(sum / left.Denominator));
            _fractions[(ordinal, left.Denominator)] = sum % left.Denominator;
        }

        return whole;
    }

    private void Allocate(int ordinal, List<TestEvent> events, Quantity value)
    {
        var aggregation = rules.Product.Dimensions[ordinal].Aggregation;
        if (rules.Product.AllocationTags.Count == 0 || aggregation is not (Aggregation.Sum or Aggregation.Count))
        {
            return;
        }

        var allocations = _allocations[ordinal] = _allocations.GetValueOrDefault(ordinal, new());
        var untagged = value;
        foreach (var set in events.GroupBy(one => NaiveAllocations.IsRefused(one.Tags) ? "\u00fc" : one.Tags))
        {
            var used = ValueOf(ordinal, [.. set]);
            allocations.Use(set.Key, (decimal)used.Micros);
            untagged -= used;
        }

        // What fractions of several sets, or of several hours, came to.
        allocations.Use("", (decimal)untagged.Micros);
    }

    private void MakeRecord(int ordinal, long start, decimal units, CustomerIdentity identity)
    {
        var dimension = rules.Product.Dimensions[ordinal];
        var total = _carry.GetValueOrDefault(ordinal) + units;
        var rounded = dimension.Rounding switch
        {
            RoundingRule.Floor => decimal.Floor(total),
            RoundingRule.Ceiling => decimal.Ceiling(total),
            _ => decimal.Round(total, MidpointRounding.AwayFromZero),
        };
        var overflows = decimal.Floor(total) >= int.MaxValue;
        var whole = overflows ? int.MaxValue : rounded;
        var isCarried = overflows || dimension.Rounding == RoundingRule.Floor;
        _carry[ordinal] = isCarried ? total - whole : 0;
        _rounding[ordinal] = _rounding.GetValueOrDefault(ordinal) + (isCarried ? 0 : whole - total);
        var adjustment = isCarried ? 0 : whole - total;
        var parts = _allocations.GetValueOrDefault(ordinal)?.Divide((int)whole, adjustment * 1_000_000m);
        if (whole > 0)
        {
            var key = new RecordKey(ordinal, start);
            var timestamp = start + rules.Period.LengthSeconds - 1;
            var record = new UsageRecord(key, identity, dimension.Name, timestamp, (int)whole) { Allocations = parts };
            _fromPreviousMonth.Remove(ordinal, out var fromPreviousMonth);
            var refused = _allocations.GetValueOrDefault(ordinal)?.TakeRefused() ?? Quantity.Zero;
            var notes = new RecordNotes(fromPreviousMonth) { MergedTags = refused };
            Records.Add(key, new(record, RecordState.Waiting, null) { Notes = notes });
        }
    }
}
