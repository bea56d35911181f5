using Tally.Domain.Ledger;
using Tally.Domain.Reconciliation.Comparison;
using Tally.Domain.Sealing;

namespace Tally.Domain.Reconciliation;

/// <summary>
/// Compares the ledger with evidence, window by window, so that only one window's records are in memory: take all
/// lines of the hours of a window in the order of the ledger, close it, and go on to the next. Not for concurrent use.
/// </summary>
public sealed class LedgerComparison
{
    private readonly ReconciliationTerms _terms;
    private readonly EvidenceIndex _evidence;
    private readonly Dictionary<(string Customer, RecordKey Key), RecordStory> _stories = [];
    private readonly List<Difference> _differences = [];
    private readonly SummaryBuilder _summary = new();

    /// <summary>Prepares a comparison.</summary>
    /// <param name="evidence">All of the evidence.</param>
    /// <param name="terms">What is compared.</param>
    public LedgerComparison(IReadOnlyList<EvidenceRecord> evidence, ReconciliationTerms terms)
    {
        (_terms, _evidence) = (terms, new(evidence, terms));
    }

    /// <summary>Whether sums of days are compared, because it is asked for or the evidence tells no more.</summary>
    public bool IsDaily => _evidence.IsDaily;

    /// <summary>The windows to go through, each an hour or a day: start and end in seconds since 1970.</summary>
    /// <returns>The windows in their order.</returns>
    public IEnumerable<(long FromSeconds, long ToSeconds)> Windows()
    {
        for (var start = _terms.FromSeconds; start < _terms.ToSeconds; start += _evidence.WindowSeconds)
        {
            yield return (start, start + _evidence.WindowSeconds);
        }
    }

    /// <summary>Takes the next line of the window.</summary>
    /// <param name="line">A line of the product.</param>
    public void Take(LedgerLine line)
    {
        var key = (line.Customer.Customer, line.Record.Key);
        if (!_stories.TryGetValue(key, out var story))
        {
            _stories.Add(key, story = new(line.Customer.Customer));
        }

        story.Take(line);
    }

    /// <summary>Compares what was taken with the evidence of the window.</summary>
    /// <param name="fromSeconds">The window's start.</param>
    public void Close(long fromSeconds)
    {
        var units = new SortedDictionary<UnitKey, Unit>(UnitKey.Order);
        foreach (var one in _stories.Values.SelectMany(story => story.Standings()))
        {
            var key = _evidence.KeyOf(one.Identity, one.Dimension, one.Record.Key.HourStartSeconds);
            UnitOf(units, key).Here.Add(one);
            _summary.Take(one);
        }

        _stories.Clear();
        foreach (var record in _evidence.In(fromSeconds))
        {
            var key = _evidence.KeyOf(record.Identity, record.Dimension, record.Time.ToUnixTimeSeconds());
            var unit = UnitOf(units, key);
            (record.IsAccepted ? unit.There : unit.Refused).Add(record);
            _summary.Take(record);
        }

        foreach (var (key, unit) in units)
        {
            Compare(key, unit);
        }
    }

    /// <summary>Says what came of it.</summary>
    /// <returns>The report.</returns>
    public ReconciliationReport Finish() => new([.. _differences], _summary.Build(_evidence));

    private static Unit UnitOf(SortedDictionary<UnitKey, Unit> units, UnitKey key)
    {
        if (!units.TryGetValue(key, out var unit))
        {
            units.Add(key, unit = new());
        }

        return unit;
    }

    private static IReadOnlyList<T> Some<T>(IEnumerable<T> items) => [.. items.Distinct().Take(Difference.ListMax)];

    private static Difference Describe(DifferenceKind kind, UnitKey key, Standing? about, Unit unit) =>
        new(kind, key.StartSeconds, key.Dimension, key.Identity, Causes.Of(kind, about, unit))
        {
            Customer = about?.Customer,
            Record = about?.Record.Key,
            State = about?.State,
            QuantityHere = QuantityHere(about, unit),
            QuantityThere = unit.There.Count > 0 ? unit.QuantityThere : null,
            ReceiptHere = about?.Receipt,
            ReceiptsThere = Some(unit.There.SelectMany(record => record.MeteringRecordIds)),
            Lines = Some(unit.There.Concat(unit.Refused).Select(record => record.Line)),
            Refusals = Some(unit.Refused.Select(record => record.Status)),
        };

    private static long? QuantityHere(Standing? about, Unit unit)
    {
        long? sum = unit.Here.Count > 0 ? unit.QuantityHere : null;
        return about is null ? sum : about.Record.Quantity;
    }

    private void Compare(UnitKey key, Unit unit)
    {
        var (kind, about) = _evidence.IsOneRecord(key) ? UnitJudge.OfRecord(unit) : (UnitJudge.OfSum(unit), null);
        if (kind is not { } found)
        {
            _summary.TakeEqual(unit.There.Count > 0);
            return;
        }

        _summary.Take(found);
        if (_differences.Count < _terms.DifferencesMax)
        {
            _differences.Add(Describe(found, key, about, unit));
        }
    }
}
