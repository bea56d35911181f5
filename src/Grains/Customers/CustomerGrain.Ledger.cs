using Tally.Domain.Ledger;

namespace Tally.Grains.Customers;

/// <content>
/// The lines that the customer's changes leave in the ledger. A change is durable first, in journal or snapshot, and
/// its lines come out of it again when it is read back; a snapshot holds those that the ledger doesn't have for sure.
/// So a crash loses none, and a ledger that is down only makes them wait here.
/// </content>
internal sealed partial class CustomerGrain
{
    private List<LedgerLine> _outbox = [];

    /// <summary>Keeps lines until the ledger has them.</summary>
    private void Keep(IReadOnlyList<LedgerLine> lines)
    {
        if (outlet.IsKept)
        {
            _outbox.AddRange(lines);
        }
    }

    /// <summary>
    /// Adds the kept lines to the ledger. If it doesn't take them, the flush index remembers to ask again.
    /// </summary>
    private async Task Emit()
    {
        if (_outbox.Count == 0)
        {
            return;
        }

        var count = _outbox.Count;
        if (await outlet.TryAppend([.. _outbox]))
        {
            _outbox.RemoveRange(0, count);
            return;
        }

        try
        {
            await Register();
        }
        catch (Exception exception)
        {
            Log.LinesNotRegistered(logger, exception, _journalKey, count);
        }
    }
}
