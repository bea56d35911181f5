using Tally.Domain.Counting;
using Tally.Domain.Ledger;
using Tally.Journal;

namespace Tally.Grains.Customers;

/// <content>
/// What another activation of the same customer wrote. While a cluster is split, or a silo that was given up doesn't
/// know it yet, two of them take events, and both are right to: what they acknowledge is in the journal. A snapshot is
/// the moment at which they come together. Whoever writes one reads the journal first, so that it never claims to hold
/// what it doesn't; and of two that write one, the store refuses the second, which starts again from the first's.
/// </content>
internal sealed partial class CustomerGrain
{
    /// <summary>The positions of our own entries that the journal wasn't read up to.</summary>
    private readonly HashSet<long> _own = [];

    /// <summary>Whether the stored flush index has this customer since this activation wanted to know.</summary>
    private bool _isConfirmed;

    /// <summary>Notes an entry of our own.</summary>
    private void Note(long position)
    {
        if (journal.IsShared)
        {
            _own.Add(position);
        }
        else
        {
            _position = position;
        }
    }

    /// <summary>Takes in what others wrote since the journal was read last.</summary>
    /// <param name="isInIndex">
    /// Whether the flush index has this customer for sure; otherwise the others may have told it that there is nothing
    /// to do.
    /// </param>
    private async Task Merge(bool isInIndex = false)
    {
        if (!journal.IsShared)
        {
            return;
        }

        var entries = await journal.ReadAsync(_journalKey, _position);
        var foreign = entries.Where(entry => !_own.Contains(entry.Position)).ToList();
        await Apply(foreign);
        if (entries.Count > 0)
        {
            _position = entries[^1].Position;
            _own.Clear();
        }

        if (foreign.Count > 0)
        {
            (_isRegistered, _isConfirmed) = (isInIndex, isInIndex);
            instruments.EntriesMerged(_key.Product, foreign.Count);
            Log.Merged(logger, _journalKey, foreign.Count);
        }
    }

    /// <summary>
    /// Makes sure that the stored flush index has this customer before a snapshot covers entries with something to seal
    /// or send: nobody would find them otherwise. A shard's actor that was given up may think that it has.
    /// </summary>
    private async Task Confirm()
    {
        if (journal.IsShared && !_isConfirmed && _ledger.IsPending)
        {
            await Rules(0);
            await Shard.Confirm(_key.Customer);
            (_isRegistered, _isConfirmed) = (true, true);
        }
    }

    /// <summary>
    /// Writes a snapshot before it says that it has nothing to do and is taken from the flush index, if none was
    /// written since: another activation that thinks it is in the index can write none from then on.
    /// </summary>
    private async Task TakeLeave(string? etag)
    {
        if (journal.IsShared && state.Etag == etag)
        {
            await Snapshot();
        }

        (_isRegistered, _isConfirmed) = (false, false);
    }

    /// <summary>Applies entries from the journal, in their order.</summary>
    private async Task Apply(IReadOnlyList<JournalEntry> entries)
    {
        if (entries.Count == 0)
        {
            return;
        }

        // An entry may name a dimension that this silo hasn't heard of yet.
        var product = await catalogue.Refresh(_key.Product) ?? throw WithoutProduct();
        _catalogueVersion = product.Version;
        foreach (var entry in entries)
        {
            LedgerEntries.Apply(_ledger, entry.Payload.Span, product);
            Keep(LedgerLines.OfEntry(_key, _ledger, entry.Payload.Span));
        }

        _isDirty = true;
    }
}
