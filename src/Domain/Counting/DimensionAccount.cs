using Tally.Domain.Catalogue;
using Tally.Domain.Conservation;
using Tally.Domain.Encoding;
using Tally.Domain.Quantities;
using Tally.Domain.Sealing;
using Tally.Domain.Time;

namespace Tally.Domain.Counting;

/// <summary>One customer's books for one dimension: what is open, what is sealed, what is carried.</summary>
/// <param name="ordinal">The dimension's ordinal.</param>
internal sealed class DimensionAccount(int ordinal)
{
    /// <summary>How many final records are kept to be shown.</summary>
    public const int FinalRecordsKept = 100;

    /// <summary>How many parts final records are allocated to and still show it, those of the last ones.</summary>
    public const int FinalPartsKept = 5_000;

    private readonly List<Accumulator> _open = [];
    private readonly List<LedgerRecord> _records = [];
    private Quantity _accepted;
    private Quantity _rounding;
    private Quantity _delivered;
    private Quantity _expired;
    private Quantity _writtenOff;
    private Quantity _shadowed;
    private CarriedUsage _carried = new();

    /// <summary>The dimension's ordinal.</summary>
    public int Ordinal { get; } = ordinal;

    /// <summary>The accumulators that are not sealed, by hour.</summary>
    public IReadOnlyList<Accumulator> Open => _open;

    /// <summary>The records that are not final and the last that are, by hour.</summary>
    public IReadOnlyList<LedgerRecord> Records => _records;

    /// <summary>What sealed hours left of conversions, in fractions of a millionth by denominator.</summary>
    public IReadOnlyList<MicroFraction> Fractions => _carried.Fractions;

    /// <summary>Whether anything here has fractions of a millionth.</summary>
    public bool HasFractions => Fractions.Count > 0 || _open.Exists(accumulator => accumulator.HasFractions);

    /// <summary>Whether anything here still has to be sealed or sent.</summary>
    public bool IsPending =>
        _open.Count > 0
        || _carried.Total >= Quantity.OfUnits(1)
        || _records.Exists(record => record.IsPending);

    /// <summary>Adds an event to an hour.</summary>
    /// <param name="facts">The event.</param>
    /// <param name="hour">The hour, which is not sealed.</param>
    /// <param name="aggregation">How the dimension adds up.</param>
    public void Add(in EventFacts facts, MeteringHour hour, Aggregation aggregation)
    {
        var accumulator = Find(hour.StartSeconds);
        _accepted += accumulator.Add(facts, aggregation);

        // Nearly every event is counted in its own hour; only of the others the months matter.
        if (facts.Ticks < hour.Start.UtcTicks && hour.IsOfLaterMonthThan(facts.Time))
        {
            accumulator.NotePreviousMonth(facts, aggregation);
        }
    }

    /// <summary>Seals every hour up to one; sealing twice seals nothing the second time.</summary>
    /// <param name="through">The last hour to seal.</param>
    /// <param name="product">The product's definition.</param>
    /// <param name="identity">The buyer, which is frozen into the records.</param>
    /// <returns>Whether anything has changed.</returns>
    public bool Seal(MeteringHour through, ProductDefinition product, CustomerIdentity identity)
    {
        var sealable = _open.TakeWhile(accumulator => accumulator.HourStartSeconds <= through.StartSeconds).ToList();
        _open.RemoveRange(0, sealable.Count);
        foreach (var accumulator in sealable)
        {
            _accepted += _carried.Add(accumulator);
            var hour = through with { StartSeconds = accumulator.HourStartSeconds };
            SealCarry(hour, hour.RecordTime, product, identity);
        }

        var changed = sealable.Count > 0;
        if (_carried.Total >= Quantity.OfUnits(1) && !HasRecordFrom(through.StartSeconds))
        {
            SealCarry(through, through.RecordTime, product, identity);
            changed = true;
        }

        Prune();
        return changed;
    }

    /// <summary>Seals an hour that isn't over, and with it all that is open.</summary>
    /// <param name="hour">The hour under way.</param>
    /// <param name="now">The present moment, within it.</param>
    /// <param name="product">The product's definition.</param>
    /// <param name="identity">The buyer, which is frozen into the record.</param>
    /// <returns>Whether anything has changed.</returns>
    public bool SealEarly(
        MeteringHour hour, DateTimeOffset now, ProductDefinition product, CustomerIdentity identity)
    {
        // Events a little ahead of the clock may have opened the next hour, which will have no record any more.
        var changed = _open.Count > 0;
        _open.ForEach(accumulator => _accepted += _carried.Add(accumulator));
        _open.Clear();
        if (_carried.Total >= Quantity.OfUnits(1) && !HasRecordFrom(hour.StartSeconds))
        {
            SealCarry(hour, now, product, identity);
            changed = true;
        }

        return changed;
    }

    /// <summary>Makes a record of zero for an hour that is over and sealed, unless it has a record.</summary>
    /// <param name="hour">The hour.</param>
    /// <param name="dimension">The dimension's name at AWS.</param>
    /// <param name="identity">The buyer, which is frozen into the record.</param>
    /// <remarks>
    /// While AWS refuses the account's records there are none: they would pile up beside those that a person has to
    /// look at.
    /// </remarks>
    public void SealZero(MeteringHour hour, string dimension, CustomerIdentity identity)
    {
        var key = new RecordKey(Ordinal, hour.StartSeconds);
        if (Find(key) is not null
            || _records.Exists(record => record.State is RecordState.Parked or RecordState.Quarantined))
        {
            return;
        }

        var at = _records.FindLastIndex(record => record.Record.Key.HourStartSeconds < hour.StartSeconds) + 1;
        var record = new UsageRecord(key, identity, dimension, hour.RecordTime.ToUnixTimeSeconds(), 0);
        _records.Insert(at, new(record, RecordNotes.None));
        Prune();
    }

    /// <summary>Applies what happened to a record.</summary>
    /// <param name="settlement">What happened.</param>
    /// <returns>Whether anything has changed.</returns>
    public bool Settle(Settlement settlement)
    {
        var record = Find(settlement.Key);
        var before = record?.State;
        if (record is null || !record.Settle(settlement))
        {
            return false;
        }

        var quantity = Quantity.OfUnits(record.Record.Quantity);
        _delivered += record.State == RecordState.Delivered ? quantity : Quantity.Zero;
        _expired += record.State == RecordState.Expired ? quantity : Quantity.Zero;
        _writtenOff += record.State == RecordState.WrittenOff ? quantity : Quantity.Zero;
        _shadowed += record.State == RecordState.Shadowed ? quantity : Quantity.Zero;
        _writtenOff -= before == RecordState.WrittenOff ? quantity : Quantity.Zero;
        return true;
    }

    /// <summary>Applies a correction, which leaves the record's quantity as it is.</summary>
    /// <param name="change">What happens.</param>
    /// <returns>Whether anything has changed.</returns>
    public bool Correct(in RecordChange change) => Find(change.Settlement.Key)?.Correct(change) ?? false;

    /// <summary>The conservation equation of this account.</summary>
    /// <returns>Both sides.</returns>
    public Balance Balance() => new(
        _accepted,
        _rounding,
        _delivered,
        _open.Aggregate(Quantity.Zero, (sum, accumulator) => sum + accumulator.Value),
        SumOf(RecordState.Waiting),
        SumOf(RecordState.Parked),
        SumOf(RecordState.Quarantined),
        SumOf(RecordState.Held),
        _expired,
        _writtenOff,
        _shadowed,
        _carried.Total);

    /// <summary>Writes it into a snapshot.</summary>
    /// <param name="writer">Where to.</param>
    public void Write(PayloadWriter writer)
    {
        writer.Int32(Ordinal);
        writer.Quantity(_accepted);
        writer.Quantity(_rounding);
        writer.Quantity(_delivered);
        writer.Quantity(_expired);
        writer.Quantity(_writtenOff);
        writer.Quantity(_shadowed);
        _carried.Write(writer);
        writer.Int32(_open.Count);
        _open.ForEach(accumulator => accumulator.Write(writer));
        writer.Int32(_records.Count);
        _records.ForEach(record => record.Write(writer));
    }

    /// <summary>Reads it from a snapshot.</summary>
    /// <param name="reader">Where from.</param>
    /// <param name="version">
    /// The snapshot's version; the first knew nothing of writing off, the first three nothing of shadows.
    /// </param>
    /// <returns>The account.</returns>
    public static DimensionAccount Read(ref PayloadReader reader, byte version)
    {
        var account = new DimensionAccount(reader.Int32())
        {
            _accepted = reader.Quantity(),
            _rounding = reader.Quantity(),
            _delivered = reader.Quantity(),
            _expired = reader.Quantity(),
            _writtenOff = version == 1 ? Quantity.Zero : reader.Quantity(),
            _shadowed = version < 4 ? Quantity.Zero : reader.Quantity(),
            _carried = CarriedUsage.Read(ref reader, version),
        };
        var openCount = reader.Count();
        for (var index = 0; index < openCount; index++)
        {
            account._open.Add(Accumulator.Read(ref reader, version));
        }

        var recordCount = reader.Count();
        for (var index = 0; index < recordCount; index++)
        {
            account._records.Add(LedgerRecord.Read(ref reader, account.Ordinal, version));
        }

        return account;
    }

    /// <summary>Finds a record.</summary>
    /// <param name="key">Which.</param>
    /// <returns>The record; null where there is none, or no longer.</returns>
    public LedgerRecord? Find(RecordKey key) => _records.FindLast(candidate => candidate.Record.Key == key);

    private Accumulator Find(long hourStartSeconds)
    {
        // Nearly every event belongs to the newest hour, so the search starts at the end.
        var at = _open.Count;
        while (at > 0 && _open[at - 1].HourStartSeconds >= hourStartSeconds)
        {
            at--;
            if (_open[at].HourStartSeconds == hourStartSeconds)
            {
                return _open[at];
            }
        }

        var accumulator = new Accumulator(hourStartSeconds);
        _open.Insert(at, accumulator);
        return accumulator;
    }

    private void SealCarry(
        MeteringHour hour, DateTimeOffset recordTime, ProductDefinition product, CustomerIdentity identity)
    {
        var dimension = product.Dimensions[Ordinal];
        var (rounded, notes, allocations) = _carried.Take(dimension.Rounding, product.AllocationTags);
        _rounding += rounded.Adjustment;
        if (rounded.Whole > 0)
        {
            var key = new RecordKey(Ordinal, hour.StartSeconds);
            var seconds = recordTime.ToUnixTimeSeconds();
            var record = new UsageRecord(key, identity, dimension.Name, seconds, rounded.Whole)
            {
                Allocations = allocations,
            };
            _records.Add(new(record, notes));
        }
    }

    private bool HasRecordFrom(long hourStartSeconds) =>
        _records.Exists(record => record.Record.Key.HourStartSeconds >= hourStartSeconds);

    private void Prune()
    {
        var excess = _records.Count(record => record.IsFinal) - FinalRecordsKept;
        _records.RemoveAll(record => record.IsFinal && excess-- > 0);
        var room = FinalPartsKept;
        for (var index = _records.Count - 1; index >= 0; index--)
        {
            var parts = _records[index].IsFinal ? _records[index].Record.Allocations?.Parts.Count ?? 0 : 0;
            room -= parts;
            if (parts > 0 && room < 0)
            {
                _records[index].ForgetAllocations();
            }
        }
    }

    private Quantity SumOf(RecordState state) =>
        Quantity.OfUnits(_records.Where(record => record.State == state).Sum(record => (long)record.Record.Quantity));
}
