using System.Globalization;
using Tally.Domain.Catalogue;
using Tally.Domain.Conservation;
using Tally.Domain.Encoding;
using Tally.Domain.Quantities;
using Tally.Domain.Sealing;
using Tally.Domain.Time;

namespace Tally.Domain.Counting;

/// <summary>
/// One customer's books: which events were counted, into which hours, what was sealed and what became of it.
/// Deterministic; the same entries in the same order give the same ledger.
/// </summary>
/// <remarks>
/// <see cref="Decide"/> reads only; <see cref="Count"/>, <see cref="Seal"/>, <see cref="Settle"/> and
/// <see cref="Correct"/> change it.
/// The owner makes each change durable before telling anybody; when that fails it throws the ledger away and builds
/// it again from what is stored.
/// </remarks>
public sealed partial class CustomerLedger
{
    private const byte SnapshotVersion = 6;
    private const byte SnapshotVersionWithoutFractions = 5;
    private const byte OldestSnapshotVersion = 1;
    private const long NothingSealed = long.MinValue;

    private readonly List<DimensionAccount> _accounts = [];
    private SeenEvents _seen = new();
    private long? _sealedThroughSeconds;

    /// <summary>Makes an empty ledger.</summary>
    /// <param name="period">How long metering hours are.</param>
    public CustomerLedger(MeteringPeriod period) => Period = period;

    /// <summary>How long metering hours are.</summary>
    public MeteringPeriod Period { get; }

    /// <summary>The last sealed hour; null when none is.</summary>
    public MeteringHour? SealedThrough =>
        _sealedThroughSeconds is { } start ? Period.Starting(start) : null;

    /// <summary>How many event ids are remembered.</summary>
    public int SeenCount => _seen.Count;

    /// <summary>Whether anything still has to be sealed or sent, so that the flush must know the customer.</summary>
    public bool IsPending => _accounts.Exists(account => account.IsPending);

    /// <summary>Decides what becomes of an event; changes nothing.</summary>
    /// <param name="facts">The event.</param>
    /// <param name="rules">How to count.</param>
    /// <param name="now">The present moment.</param>
    /// <returns>The status, and the hour when it is to be counted.</returns>
    public Placement Decide(in EventFacts facts, CountingRules rules, DateTimeOffset now)
    {
        var dimensions = rules.Product.Dimensions;
        if (facts.Ordinal >= dimensions.Count || dimensions[facts.Ordinal].Retired)
        {
            return new(CountStatus.UnknownDimension, default);
        }

        if (_seen.TryGet(facts.Key, out var fingerprint))
        {
            return new(fingerprint == facts.Fingerprint ? CountStatus.Duplicate : CountStatus.Conflict, default);
        }

        // Had the policy always been what it is now, no event this old would be accepted anyway. Where it has been made
        // more generous since, the event may have been counted and its id forgotten.
        return facts.Time < _seen.ForgottenBefore + rules.Product.Late.FutureTolerance
            ? new(CountStatus.TooOld, default)
            : rules.Place(facts.Time, SealedThrough, now);
    }

    /// <summary>Counts an event that was decided to be counted.</summary>
    /// <param name="facts">The event.</param>
    /// <param name="hour">Its hour; when that is sealed meanwhile, the next open one is taken.</param>
    /// <param name="aggregation">How its dimension adds up.</param>
    /// <param name="arrival">When it arrived.</param>
    /// <returns>Whether it was counted; false when its id is known, as in a replay.</returns>
    public bool Count(in EventFacts facts, MeteringHour hour, Aggregation aggregation, DateTimeOffset arrival)
    {
        if (_seen.TryGet(facts.Key, out _))
        {
            return false;
        }

        var open = SealedThrough is { } last && hour <= last ? last.Next : hour;
        AccountOf(facts.Ordinal).Add(facts, open, aggregation);
        _seen.Add(facts.Key, facts.Fingerprint, arrival);
        return true;
    }

    /// <summary>Closes every hour up to one and makes records of them. Sealing twice changes nothing.</summary>
    /// <param name="through">The last hour to seal.</param>
    /// <param name="product">The product's definition.</param>
    /// <param name="identity">The buyer, frozen into the records.</param>
    /// <param name="now">The present moment; ids older than the product remembers are forgotten.</param>
    /// <returns>Whether records or carried amounts have changed, so that the ledger must be stored.</returns>
    public bool Seal(MeteringHour through, ProductDefinition product, CustomerIdentity identity, DateTimeOffset now)
    {
        if (SealedThrough is { } last && through <= last)
        {
            return false;
        }

        var changed = false;
        foreach (var account in _accounts)
        {
            changed |= account.Seal(through, product, identity);
        }

        _sealedThroughSeconds = through.StartSeconds;
        _seen.Forget(now, product.Late.RememberedFor);
        return changed;
    }

    /// <summary>
    /// Closes everything at once, the hour that is under way included, because AWS will soon take no more: what is
    /// open becomes a record of that hour with the present moment as its timestamp.
    /// </summary>
    /// <param name="product">The product's definition.</param>
    /// <param name="identity">The buyer, frozen into the records.</param>
    /// <param name="now">The present moment.</param>
    /// <returns>Whether records or carried amounts have changed, so that the ledger must be stored.</returns>
    /// <remarks>
    /// Where the hour has its record already, as after a short new subscription, the rest waits for the next hour.
    /// </remarks>
    public bool SealEarly(ProductDefinition product, CustomerIdentity identity, DateTimeOffset now)
    {
        var current = Period.Of(now);
        var before = current.Previous;
        var changed = Seal(before, product, identity, now);
        foreach (var account in _accounts)
        {
            changed |= account.SealEarly(current, now, product, identity);
        }

        if (SealedThrough is not { } last || last < current)
        {
            _sealedThroughSeconds = current.StartSeconds;
        }

        return changed;
    }

    /// <summary>
    /// Says how to park what waits, without asking AWS again: the customer isn't subscribed. Changes nothing.
    /// </summary>
    /// <param name="since">Since when AWS has been saying so.</param>
    /// <param name="now">The present moment.</param>
    /// <returns>What is to be settled.</returns>
    public IReadOnlyList<Settlement> Parking(DateTimeOffset since, DateTimeOffset now)
    {
        var reason = string.Create(CultureInfo.InvariantCulture, $"CustomerNotSubscribed since {since:u}; not sent");
        return
        [
            .. RecordsIn(RecordState.Waiting)
                .Select(record => new Settlement(record.Key, RecordState.Parked, null, reason, now)),
        ];
    }

    /// <summary>Says how to release what is parked: the customer is subscribed again. Changes nothing.</summary>
    /// <param name="since">Since when it is.</param>
    /// <param name="now">The present moment.</param>
    /// <returns>What is to be settled.</returns>
    public IReadOnlyList<Settlement> Releasing(DateTimeOffset since, DateTimeOffset now)
    {
        var reason = string.Create(CultureInfo.InvariantCulture, $"released: subscribed since {since:u}");
        return
        [
            .. RecordsIn(RecordState.Parked)
                .Select(record => new Settlement(record.Key, RecordState.Waiting, null, reason, now)),
        ];
    }

    /// <summary>Applies what happened to a record; settling twice changes nothing.</summary>
    /// <param name="settlement">What happened.</param>
    /// <returns>Whether anything has changed.</returns>
    public bool Settle(Settlement settlement) =>
        Find(settlement.Key.Ordinal)?.Settle(settlement) ?? false;

    /// <summary>Applies a correction that was decided on; correcting twice changes nothing.</summary>
    /// <param name="change">What happens.</param>
    /// <returns>Whether anything has changed.</returns>
    internal bool Correct(in RecordChange change) => Find(change.Settlement.Key.Ordinal)?.Correct(change) ?? false;

    /// <summary>Lists the records in a state.</summary>
    /// <param name="state">Which.</param>
    /// <returns>The records, as they are sent.</returns>
    public IReadOnlyList<UsageRecord> RecordsIn(RecordState state) =>
    [
        .. from account in _accounts
           from record in account.Records
           where record.State == state
           select record.Record,
    ];

    /// <summary>Lists the records that are not final and the last that are.</summary>
    /// <returns>The records and where they are.</returns>
    public IReadOnlyList<RecordView> Records() =>
    [
        .. from account in _accounts
           from record in account.Records
           select record.View(),
    ];

    /// <summary>Lists the accumulators that are not sealed.</summary>
    /// <returns>Their totals.</returns>
    public IReadOnlyList<OpenUsage> OpenUsage() =>
    [
        .. from account in _accounts
           from open in account.Open
           select new OpenUsage(
               new(account.Ordinal, open.HourStartSeconds), open.Value, open.Events, open.FromPreviousMonth),
    ];

    /// <summary>The conservation equation of each dimension.</summary>
    /// <returns>Balances by the dimension's ordinal.</returns>
    public IReadOnlyDictionary<int, Balance> Balances() =>
        _accounts.ToDictionary(account => account.Ordinal, account => account.Balance());

    /// <summary>
    /// What conversions left of sealed hours, which waits for its dimension's next hours; see
    /// <see cref="UnitConversion"/>.
    /// </summary>
    /// <returns>Fractions of a millionth, by the dimension's ordinal and by denominator.</returns>
    public IReadOnlyDictionary<int, IReadOnlyList<MicroFraction>> Remainders() =>
        _accounts.Where(account => account.Fractions.Count > 0)
            .ToDictionary(account => account.Ordinal, account => account.Fractions);

    /// <summary>Writes a snapshot.</summary>
    /// <returns>The bytes.</returns>
    public byte[] ToSnapshot()
    {
        var writer = new PayloadWriter(256 + (_seen.Count * 32));

        // The newest version differs by nothing but its fractions; without any, silos of before them read it, too.
        writer.Byte(_accounts.Exists(account => account.HasFractions)
            ? SnapshotVersion
            : SnapshotVersionWithoutFractions);
        writer.Int32(Period.LengthSeconds);
        writer.Int64(_sealedThroughSeconds ?? NothingSealed);
        writer.Int64(_zeroesThroughSeconds ?? NothingSealed);
        writer.Int32(_accounts.Count);
        _accounts.ForEach(account => account.Write(writer));
        _seen.Write(writer);
        return writer.Written.ToArray();
    }

    /// <summary>Reads a snapshot.</summary>
    /// <param name="snapshot">The bytes that <see cref="ToSnapshot"/> gave.</param>
    /// <param name="period">How long metering hours are.</param>
    /// <returns>The ledger.</returns>
    /// <exception cref="FormatException">The bytes are no snapshot, or of another metering period.</exception>
    public static CustomerLedger FromSnapshot(ReadOnlySpan<byte> snapshot, MeteringPeriod period)
    {
        var reader = new PayloadReader(snapshot);
        var version = reader.Byte();
        var lengthSeconds = reader.Int32();
        if (version is < OldestSnapshotVersion or > SnapshotVersion || lengthSeconds != period.LengthSeconds)
        {
            throw new FormatException(
                $"A ledger of version {version} and {lengthSeconds} s, "
                + $"where version {OldestSnapshotVersion} to {SnapshotVersion} and {period.Length} is wanted.");
        }

        var ledger = new CustomerLedger(period);
        ledger._sealedThroughSeconds = ReadHour(ref reader, period);
        ledger._zeroesThroughSeconds = version < 3 ? null : ReadHour(ref reader, period);

        var accountCount = reader.Count();
        for (var index = 0; index < accountCount; index++)
        {
            ledger._accounts.Add(DimensionAccount.Read(ref reader, version));
        }

        ledger._seen = SeenEvents.Read(ref reader);
        return reader.IsAtEnd ? ledger : throw new FormatException("The ledger ends before its bytes do.");
    }

    private static long? ReadHour(ref PayloadReader reader, MeteringPeriod period)
    {
        var hour = reader;
        return reader.Int64() == NothingSealed ? null : hour.Hour(period).StartSeconds;
    }

    /// <summary>What is to be sent for a dimension and hour, as it is by now: a person may have corrected it.</summary>
    /// <param name="key">Which record.</param>
    /// <returns>The record; null where there is none, or no longer.</returns>
    public UsageRecord? FindRecord(RecordKey key) => Find(key.Ordinal)?.Find(key)?.Record;

    private DimensionAccount? Find(int ordinal) => _accounts.Find(account => account.Ordinal == ordinal);

    private DimensionAccount AccountOf(int ordinal)
    {
        foreach (var account in _accounts)
        {
            if (account.Ordinal == ordinal)
            {
                return account;
            }
        }

        var added = new DimensionAccount(ordinal);
        _accounts.Add(added);
        return added;
    }
}
