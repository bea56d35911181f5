using Tally.Domain.Catalogue;
using Tally.Domain.Counting;
using Tally.Domain.Encoding;
using Tally.Domain.Quantities;
using Tally.Domain.Sealing;
using Tally.Domain.Time;

namespace Tally.Domain.Tests.Counting.Model;

/// <summary>
/// Runs a script on a ledger, as its owner would, and on the naive model side by side, and compares them after each
/// step.
/// </summary>
internal sealed class LedgerRun
{
    private static readonly CustomerIdentity Account =
        new(null, "123456789012", "arn:aws:license-manager::123456789012:license:l-1");

    private static readonly string[] Teams = ["", "team\0a\0", "team\0b\0", "team\0f\u00fcnf\0"];

    private readonly CountingRules _rules;
    private readonly NaiveLedger _model;
    private readonly Dictionary<int, TestEvent> _events = [];
    private readonly Dictionary<RecordKey, UsageRecord> _frozen = [];
    private readonly HashSet<int> _counted = [];
    private CustomerLedger _ledger;
    private DateTimeOffset _now;
    private byte[] _snapshot;
    private long? _storedSealedThrough;
    private long? _storedZeroesThrough;
    private List<byte[]> _journal = [];
    private List<byte[]> _journalBefore = [];

    private LedgerRun(LedgerScript script)
    {
        _rules = script.Rules;
        _now = script.Start;
        _model = new(_rules);
        _ledger = new(_rules.Period);
        _snapshot = _ledger.ToSnapshot();
    }

    /// <summary>Runs a script.</summary>
    public static void Of(LedgerScript script)
    {
        var run = new LedgerRun(script);
        foreach (var step in script.Steps)
        {
            run.Do(step);
            run.Compare();
        }
    }

    private void Do(LedgerStep step)
    {
        switch (step)
        {
            case LedgerStep.Advance advance:
                _now += advance.By;
                break;
            case LedgerStep.Post post:
                Post([.. post.Drafts.Select(EventOf)]);
                break;
            case LedgerStep.Seal seal:
                Seal(seal);
                break;
            case LedgerStep.Settle settle:
                Settle([.. settle.Outcomes.Select(SettlementOf)]);
                break;
            case LedgerStep.Amend amend:
                Amend(amend);
                break;
            case LedgerStep.Checkpoint:
                Checkpoint();
                break;
            case LedgerStep.Crash crash:
                Crash(crash);
                break;
            default:
                throw new InvalidOperationException($"Unknown step {step}.");
        }
    }

    private void Post(TestEvent[] events)
    {
        var (statuses, entry) = _ledger.Post(_rules, _now, events);
        foreach (var (sample, status) in events.Zip(statuses))
        {
            Assert.Contains(status, _model.Post(sample, _now));
            Assert.True(status != CountStatus.Counted || _counted.Add(sample.Id), "An id was counted twice.");
        }

        if (entry.Length > 0)
        {
            _journal.Add(entry);
        }
    }

    private void Seal(LedgerStep.Seal seal)
    {
        var through = MeteringHour.LastSealable(_now, _rules.Period, seal.Delay);
        var buyer = seal.ByAccount ? Account : TestBooks.Buyer;
        if (seal.DiesBeforeStored)
        {
            _ledger.Seal(through, _rules.Product, buyer, _now);
            _ledger.SealZeroes(through, _rules, buyer, _now);
            Crash(new(LedgerStep.ReplayOrder.InOrder, 0));
            return;
        }

        var changed = _ledger.Seal(through, _rules.Product, buyer, _now);
        Assert.Equal(_model.Seal(through, buyer), changed);
        var zeroed = _ledger.SealZeroes(through, _rules, buyer, _now);
        Assert.Equal(_model.SealZeroes(through, buyer, _now), zeroed);
        changed |= zeroed;
        if (changed)
        {
            Checkpoint();
        }

        Assert.False(_ledger.Seal(through, _rules.Product, buyer, _now), "Sealing twice changed something.");
        Assert.False(_ledger.SealZeroes(through, _rules, buyer, _now), "Sealing twice changed something.");
    }

    private void Settle(Settlement[] settlements)
    {
        var entry = _ledger.Settle(settlements);
        foreach (var settlement in settlements)
        {
            _model.Settle(settlement);
        }

        if (entry.Length > 0)
        {
            _journal.Add(entry);
        }
    }

    private void Amend(LedgerStep.Amend step)
    {
        var correction = step.Act != RecordAct.Correct
            ? null
            : new RecordCorrection(
                step.Dimension < 0 ? null : DimensionOf(step.Dimension),
                step.ByAccount ? Account : null);
        var amendment = new RecordAmendment(KeyOf(step.Record), step.Act, "ops", "because", correction);
        var status = _model.Amend(amendment, _now);
        for (var time = 0; time < 2; time++)
        {
            var (answer, entry) = _ledger.Amend(amendment, _rules, _now);
            Assert.Equal(status, answer);
            Assert.True(time == 0 || entry.Length == 0, "Amending twice changed something.");
            if (entry.Length > 0)
            {
                _journal.Add(entry);
            }
        }

        if (status == AmendStatus.Done && step.Act == RecordAct.Correct)
        {
            _frozen[amendment.Key] = _model.Records[amendment.Key].Record;
        }
    }

    private void Checkpoint()
    {
        _snapshot = _ledger.ToSnapshot();
        (_storedSealedThrough, _storedZeroesThrough) = (_model.SealedThrough, _model.ZeroesThrough);
        (_journalBefore, _journal) = (_journal, []);
    }

    private void Crash(LedgerStep.Crash crash)
    {
        _ledger = CustomerLedger.FromSnapshot(_snapshot, _rules.Period);
        foreach (var entry in EntriesToReplay(crash))
        {
            LedgerEntries.Apply(_ledger, entry, _rules.Product);
        }

        // What was sealed without making a record or moving a carry is not stored, and need not be.
        (_model.SealedThrough, _model.ZeroesThrough) = (_storedSealedThrough, _storedZeroesThrough);
    }

    private List<byte[]> EntriesToReplay(LedgerStep.Crash crash) => crash.Order switch
    {
        LedgerStep.ReplayOrder.EachTwice => [.. _journal.SelectMany(entry => new[] { entry, entry })],
        LedgerStep.ReplayOrder.AllTwice => [.. _journal, .. _journal],
        LedgerStep.ReplayOrder.Shuffled => Shuffled(new Random(crash.Seed)),
        LedgerStep.ReplayOrder.FromBeforeTheSnapshot => [.. _journalBefore.Where(IsRemembered), .. _journal],
        _ => _journal,
    };

    /// <summary>Puts counted entries at random places between settlements.</summary>
    private List<byte[]> Shuffled(Random random)
    {
        var entries = _journal.Where(entry => !IsCounted(entry)).ToList();
        foreach (var entry in _journal.Where(IsCounted))
        {
            entries.Insert(random.Next(entries.Count + 1), entry);
        }

        return entries;
    }

    private static bool IsCounted(byte[] entry) => entry[0] is 1 or 5;

    /// <summary>Where the arrival is, behind the kind and, with kind 5, one tag's name.</summary>
    private static int ArrivalAt(byte[] entry) => entry[0] == 1 ? 1 : 1 + 1 + 4 + "team".Length;

    private bool IsRemembered(byte[] entry) =>
        !IsCounted(entry)
        || _now.UtcTicks - BitConverter.ToInt64(entry, ArrivalAt(entry)) < _rules.Product.Late.RememberedFor.Ticks;

    private TestEvent EventOf(LedgerStep.Draft draft)
    {
        if (!_events.TryGetValue(draft.Id, out var known))
        {
            known = new(draft.Id, _now - draft.Ago, draft.Micros, draft.Ordinal, draft.Unique)
            {
                Tags = Teams[draft.Unique],
                Fraction = draft.Fraction,
            };
            _events.Add(draft.Id, known);
        }

        return draft.Variant switch
        {
            LedgerStep.Variant.OtherQuantity => known with { Micros = (known.Micros + 1) % Quantity.EventMicrosMax },
            LedgerStep.Variant.OtherDimension => known with { Ordinal = (known.Ordinal + 1) % 7 },
            _ => known,
        };
    }

    private Settlement SettlementOf(LedgerStep.Outcome outcome)
    {
        var key = KeyOf(outcome.Record);
        return new(key, outcome.State, $"receipt-{outcome.Record}", $"reason-{outcome.Reason}", _now);
    }

    private string DimensionOf(int number) =>
        _rules.Product.Dimensions.ElementAtOrDefault(number)?.Name ?? "none";

    private RecordKey KeyOf(int number)
    {
        var keys = _model.Records.Keys.ToList();
        return number < keys.Count ? keys[number] : new RecordKey(number, 7);
    }

    private void Compare()
    {
        Assert.Equal(_model.SealedThrough, _ledger.SealedThrough?.StartSeconds);
        Assert.Equal(_model.IsPending, _ledger.IsPending);
        Assert.Equal(_model.ZeroesThrough is not null, _ledger.MakesZeroes);
        Assert.Equal(ByKey(_model.Open), ByKey(_ledger.OpenUsage()));

        var records = _ledger.Records().ToDictionary(view => view.Record.Key);
        Assert.Equal(_model.Records.Count, records.Count);
        foreach (var (key, view) in records)
        {
            Assert.Equal(_model.Records[key], view);
            _frozen.TryAdd(key, view.Record);
            Assert.Equal(_frozen[key], view.Record);
        }

        Assert.Equal(_model.Remainders, _ledger.Remainders().SelectMany(pair =>
            pair.Value.Select(one => (pair.Key, one))).Order());
        var balances = _ledger.Balances();
        Assert.Equal(_model.Ordinals.Order(), balances.Keys.Order());
        foreach (var (ordinal, balance) in balances)
        {
            Assert.Equal(_model.BalanceOf(ordinal), balance);
            Assert.Equal(Quantity.Zero, balance.Difference);
        }
    }

    private static IEnumerable<OpenUsage> ByKey(IEnumerable<OpenUsage> usages) =>
        usages.OrderBy(usage => usage.Key.Ordinal).ThenBy(usage => usage.Key.HourStartSeconds);
}
