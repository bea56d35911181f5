
namespace Tally.Journal.Partitions;

/// <summary>
/// What waits for the database: bounded, so that a slow one is felt by those who send, not by the memory. A commit
/// collects for as long as the one before it lasts.
/// </summary>
/// <param name="room">How much may wait.</param>
/// <param name="commitBytesMax">How many bytes one commit takes.</param>
/// <param name="partitions">The first partition whose entries it takes, and how many.</param>
internal sealed class CommitQueue(QueueRoom room, int commitBytesMax, (int First, int Count) partitions)
{
    private const int BatchesKept = 4;

    private readonly Lock _lock = new();
    private readonly Queue<EntryBatch> _waiting = [];
    private readonly Stack<EntryBatch> _idle = [];
    private TaskCompletionSource? _wake;
    private EntryBatch? _open;
    private bool _isClosed;

    /// <summary>Adds an entry, copying it.</summary>
    /// <param name="customer">Whose.</param>
    /// <param name="payload">The payload.</param>
    /// <param name="append">Who waits for it.</param>
    /// <returns>Whether there was room.</returns>
    public bool TryAdd(in CustomerAddress customer, ReadOnlySpan<byte> payload, JournalAppend append)
    {
        var size = JournalRow.SizeOf(customer.Utf8.Length, payload.Length);
        lock (_lock)
        {
            if (_isClosed || !room.TryReserve(size))
            {
                return false;
            }

            if (_open is null
                || _open.Bytes + (long)size > commitBytesMax
                || _open.Count == JournalPosition.EntriesPerRowMax)
            {
                _waiting.Enqueue(_open = _idle.TryPop(out var idle) ? idle : new(partitions.First, partitions.Count));
            }

            _open.Add(customer, payload, append);
            _wake?.TrySetResult();
            return true;
        }
    }

    /// <summary>Waits for entries and takes those of the next commit; nobody adds to it from here on.</summary>
    /// <returns>They, counting as waiting until released; null when the queue is closed and empty.</returns>
    public async ValueTask<EntryBatch?> Take()
    {
        while (true)
        {
            Task woken;
            lock (_lock)
            {
                if (_waiting.TryDequeue(out var batch))
                {
                    _open = _open == batch ? null : _open;
                    return batch;
                }

                if (_isClosed)
                {
                    return null;
                }

                _wake = new(TaskCreationOptions.RunContinuationsAsynchronously);
                woken = _wake.Task;
            }

            await woken;
        }
    }

    /// <summary>Makes room: a commit's entries are answered, or about to be.</summary>
    /// <param name="batch">The commit's entries.</param>
    public void Release(EntryBatch batch) => room.Release(batch.Count, batch.Bytes);

    /// <summary>Takes a batch back, for use again.</summary>
    /// <param name="batch">The batch.</param>
    public void Recycle(EntryBatch batch)
    {
        batch.Clear();
        lock (_lock)
        {
            if (_idle.Count < BatchesKept)
            {
                _idle.Push(batch);
            }
        }
    }

    /// <summary>Takes no more entries; those that wait may still be taken out.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _isClosed = true;
            _wake?.TrySetResult();
        }
    }
}
