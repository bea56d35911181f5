using Tally.Domain.Sealing;

namespace Tally.Domain.Reconciliation.Comparison;

/// <summary>Adds up what is compared.</summary>
internal sealed class SummaryBuilder
{
    private readonly SortedDictionary<DifferenceKind, long> _counts = [];
    private readonly SortedDictionary<string, DimensionSums> _dimensions = new(StringComparer.Ordinal);
    private readonly SortedDictionary<RecordState, RecordSum> _undelivered = [];
    private RecordSum _here;
    private RecordSum _there;
    private RecordSum _shadowed;
    private long _equal;
    private long _refused;

    /// <summary>Adds a record that is here.</summary>
    /// <param name="one">The record.</param>
    public void Take(Standing one)
    {
        var quantity = one.Record.Quantity;
        if (one.IsExpected)
        {
            _here = _here.With(quantity);
            _shadowed = one.State == RecordState.Shadowed ? _shadowed.With(quantity) : _shadowed;
            var sums = _dimensions.GetValueOrDefault(one.Dimension);
            _dimensions[one.Dimension] = sums with { Here = sums.Here.With(quantity) };
        }
        else if (!one.IsFormer)
        {
            _undelivered[one.State] = _undelivered.GetValueOrDefault(one.State).With(quantity);
        }
    }

    /// <summary>Adds a record of the evidence.</summary>
    /// <param name="record">The record.</param>
    public void Take(EvidenceRecord record)
    {
        if (!record.IsAccepted)
        {
            _refused++;
            return;
        }

        _there = _there.With(record.Quantity);
        var sums = _dimensions.GetValueOrDefault(record.Dimension);
        _dimensions[record.Dimension] = sums with { There = sums.There.With(record.Quantity) };
    }

    /// <summary>Counts a difference.</summary>
    /// <param name="kind">Its kind.</param>
    public void Take(DifferenceKind kind) => _counts[kind] = _counts.GetValueOrDefault(kind) + 1;

    /// <summary>Counts what doesn't differ.</summary>
    /// <param name="isOnBothSides">Whether there was something to compare.</param>
    public void TakeEqual(bool isOnBothSides) => _equal += isOnBothSides ? 1 : 0;

    /// <summary>Says what was added up.</summary>
    /// <param name="evidence">The evidence.</param>
    /// <returns>The summary.</returns>
    public ReconciliationSummary Build(EvidenceIndex evidence) => new()
    {
        IsDaily = evidence.IsDaily,
        IgnoresCustomers = evidence.IgnoresCustomers,
        Here = _here,
        There = _there,
        Shadowed = _shadowed,
        Equal = _equal,
        Counts = _counts,
        Dimensions = _dimensions,
        Undelivered = _undelivered,
        Refused = _refused,
        Outside = evidence.Outside,
        OtherProducts = evidence.OtherProducts,
    };
}
