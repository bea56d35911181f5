using Tally.Contracts.Customers;
using Tally.Domain.Encoding;
using Tally.Domain.Ledger;
using Tally.Domain.Sealing;
using Tally.Grains.Delivery;
using Tally.Journal;

namespace Tally.Grains.Customers;

/// <content>Making changes durable, and what happens when that fails.</content>
internal sealed partial class CustomerGrain
{
    private async Task Register()
    {
        // The definition says which shard it is.
        await Rules(0);
        _isConfirmed |= await Shard.Register(_key.Customer);
        _isRegistered = true;
    }

    /// <summary>
    /// Makes an amendment durable. As with events, the flush index comes first: a record that is released and
    /// forgotten would expire.
    /// </summary>
    private async Task Store(RecordView view, PayloadWriter? entry)
    {
        if (view.State == RecordState.Waiting)
        {
            await Register();
        }

        if (entry is not null)
        {
            await Append(1, entry);
            Keep(LedgerLines.OfEntry(_key, _ledger, entry.Written.Span));
        }
    }

    private async ValueTask<IReadOnlyList<JournalEntry>> Read(CancellationToken cancellationToken)
    {
        try
        {
            if (state.Etag is null)
            {
                await journal.EnsureWholeAsync(_journalKey, cancellationToken);
            }

            return await journal.ReadAsync(_journalKey, _position, cancellationToken);
        }
        catch (JournalException exception)
        {
            throw Lost(exception);
        }
    }

    private async ValueTask Append(int changed, PayloadWriter entry)
    {
        if (changed > 0)
        {
            _isDirty = true;
            Note(await journal.AppendAsync(_journalKey, entry.Written));
        }
    }

    private async Task Snapshot()
    {
        await Confirm();

        // Whoever keeps lines for the ledger is asked for them by the flush.
        if (_outbox.Count > 0 && !_isRegistered)
        {
            await Register();
        }

        state.State.Ledger = _ledger.ToSnapshot();
        state.State.Outbox = LedgerOutbox.Write(_outbox);
        state.State.Position = _position;
        state.State.CatalogueVersion = _catalogueVersion;
        state.State.ImportOf = null;
        await state.WriteStateAsync();
        DeliverySteps.Reached(DeliveryStep.SnapshotStored);
        journal.Cover(_journalKey, _position);
        _eventsSinceSnapshot = 0;
        _isDirty = false;
    }

    /// <summary>Writes a snapshot that nobody waits for: the journal has everything it would hold.</summary>
    private async Task TrySnapshot()
    {
        try
        {
            await Merge();
            await Snapshot();
        }
        catch (Exception exception)
        {
            Log.SnapshotFailed(logger, exception, _journalKey);
            Lose();
        }
    }

    /// <summary>Makes a change durable; where that fails, this ledger is no longer the truth.</summary>
    private async Task Durably(Func<Task> write)
    {
        try
        {
            await write();
        }
        catch (Exception exception)
        {
            throw Lost(exception);
        }
    }

    /// <summary>
    /// Lets go of this ledger. The store's own exception stays here, as the caller's process may not know its type.
    /// </summary>
    private UsageStoreUnavailableException Lost(Exception exception)
    {
        Log.StoreFailed(logger, exception, _journalKey);
        Lose();
        return new("The change could not be made durable; ask again.");
    }

    private void Lose()
    {
        _isLost = true;
        DeactivateOnIdle();
    }

    private void ThrowIfLost()
    {
        if (_isLost)
        {
            throw new UsageStoreUnavailableException("The customer's actor is starting again; ask again.");
        }
    }
}
