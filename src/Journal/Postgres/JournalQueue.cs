using System.Diagnostics.CodeAnalysis;
using System.Threading.Channels;

namespace Tally.Journal.Postgres;

/// <summary>
/// What waits for the database: bounded, so that a slow one is felt by those who send, not by the memory.
/// </summary>
/// <param name="options">How much may wait.</param>
internal sealed class JournalQueue(PostgresJournalOptions options)
{
    private readonly Channel<PendingEntry> _entries = Channel.CreateUnbounded<PendingEntry>(
        new() { SingleReader = true });

    private readonly Lock _lock = new();
    private long _bytes;
    private int _count;

    /// <summary>Adds an entry.</summary>
    /// <param name="entry">The entry.</param>
    /// <returns>Whether there was room.</returns>
    public bool TryAdd(PendingEntry entry)
    {
        lock (_lock)
        {
            var isFull = _count >= options.QueueMax || (_count > 0 && _bytes + entry.Bytes > options.QueueBytesMax);
            if (isFull || !_entries.Writer.TryWrite(entry))
            {
                return false;
            }

            _count++;
            _bytes += entry.Bytes;
            return true;
        }
    }

    /// <summary>Waits for entries.</summary>
    /// <returns>Whether there are any; if not, the queue is closed.</returns>
    public ValueTask<bool> WaitForEntries() => _entries.Reader.WaitToReadAsync();

    /// <summary>Takes as many as one commit may have, at least one if there is one.</summary>
    /// <returns>The entries, in the order in which they came. They count as waiting until released.</returns>
    public List<PendingEntry> Take()
    {
        var (taken, bytes) = (new List<PendingEntry>(), 0L);
        while (TryTakeWithin(options.CommitBytesMax - bytes, taken.Count == 0, out var entry))
        {
            taken.Add(entry);
            bytes += entry.Bytes;
        }

        return taken;
    }

    /// <summary>Makes room: entries are answered.</summary>
    /// <param name="entries">The entries.</param>
    public void Release(List<PendingEntry> entries)
    {
        lock (_lock)
        {
            _count -= entries.Count;
            _bytes -= entries.Sum(entry => entry.Bytes);
        }
    }

    /// <summary>Takes no more entries; those that wait may still be taken out.</summary>
    public void Close() => _entries.Writer.TryComplete();

    private bool TryTakeWithin(long room, bool isFirst, [NotNullWhen(true)] out PendingEntry? entry)
    {
        entry = null;
        return _entries.Reader.TryPeek(out var next)
            && (isFirst || next.Bytes <= room)
            && _entries.Reader.TryRead(out entry);
    }
}
