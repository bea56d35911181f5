using Tally.Domain.Catalogue;
using Tally.Domain.Ledger;
using Tally.Domain.Sealing;

namespace Tally.Domain.Reconciliation.Comparison;

/// <summary>Folds a record's lines, in the order of the ledger, to where the record stands.</summary>
/// <param name="customer">Whose record it is.</param>
internal sealed class RecordStory(string customer)
{
    private readonly HashSet<(CustomerIdentity Identity, string Dimension)> _sentAs = [];
    private UsageRecord? _record;
    private RecordState _state;
    private DateTimeOffset _at;
    private string? _receipt;

    /// <summary>Takes the next line.</summary>
    /// <param name="line">The line.</param>
    public void Take(LedgerLine line)
    {
        _record ??= line.Record;
        if (line.Kind == LedgerKind.Submitted)
        {
            _sentAs.Add((line.Record.Identity, line.Record.Dimension));
            return;
        }

        // Delivered is final whatever is written behind it; else the latest counts, which a ledger that was down may
        // have got late.
        if (line.Kind != LedgerKind.Answered && _state != RecordState.Delivered
            && (line.Kind == LedgerKind.Delivered || line.At >= _at))
        {
            (_record, _state, _at) = (line.Record, StateOf(line.Kind), line.At);
            _receipt = line.MeteringRecordId;
        }
    }

    /// <summary>Where it stands, under each of its names.</summary>
    /// <returns>First as it is now, then as it was.</returns>
    public IEnumerable<Standing> Standings()
    {
        if (_record is not { } record)
        {
            yield break;
        }

        var now = (record.Identity, record.Dimension);
        yield return Under(record, now, wasSent: _sentAs.Contains(now), isFormer: false);
        foreach (var name in _sentAs)
        {
            if (name != now)
            {
                yield return Under(record, name, wasSent: true, isFormer: true);
            }
        }
    }

    private static RecordState StateOf(LedgerKind kind) => kind switch
    {
        LedgerKind.Sealed or LedgerKind.Released or LedgerKind.Corrected => RecordState.Waiting,
        LedgerKind.Delivered => RecordState.Delivered,
        LedgerKind.Parked => RecordState.Parked,
        LedgerKind.Quarantined => RecordState.Quarantined,
        LedgerKind.WrittenOff => RecordState.WrittenOff,
        LedgerKind.Expired => RecordState.Expired,
        LedgerKind.Held => RecordState.Held,
        LedgerKind.Shadowed => RecordState.Shadowed,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "It says nothing of the state."),
    };

    private Standing Under(
        UsageRecord record, (CustomerIdentity Identity, string Dimension) name, bool wasSent, bool isFormer) =>
        new(customer, record, _state, _receipt)
        {
            Identity = name.Identity,
            Dimension = name.Dimension,
            WasSent = wasSent,
            IsFormer = isFormer,
        };
}
