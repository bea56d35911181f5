namespace Tally.Journal.Sqlite;

/// <summary>
/// What waits for the next commit. Callers add from many threads, one writer takes all that is there at once.
/// </summary>
/// <param name="options">The bounds.</param>
internal sealed class WriteQueue(SqliteStoreOptions options) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly AutoResetEvent _arrived = new(initialState: false);
    private readonly Queue<WriteOperation> _waiting = [];
    private int _count;
    private long _bytes;
    private bool _isClosed;

    /// <summary>How many operations wait to be taken.</summary>
    public int Waiting
    {
        get
        {
            lock (_lock)
            {
                return _waiting.Count;
            }
        }
    }

    /// <summary>Takes room for a write, which <see cref="Release"/> gives back once it is answered.</summary>
    /// <param name="bytes">Its size.</param>
    /// <returns>Whether there was room.</returns>
    public bool TryReserve(int bytes)
    {
        var count = Interlocked.Increment(ref _count);
        if (count <= options.QueueMax
            && (Interlocked.Add(ref _bytes, bytes) <= options.QueueBytesMax || count == 1))
        {
            return true;
        }

        Release(1, count <= options.QueueMax ? bytes : 0);
        return false;
    }

    /// <summary>Gives room back.</summary>
    /// <param name="count">For how many writes.</param>
    /// <param name="bytes">Their size.</param>
    public void Release(int count, long bytes)
    {
        Interlocked.Add(ref _count, -count);
        Interlocked.Add(ref _bytes, -bytes);
    }

    /// <summary>Adds a write for which there is room.</summary>
    /// <param name="operation">The write.</param>
    /// <returns>Whether it was added; false when the queue is closed.</returns>
    public bool TryAdd(WriteOperation operation)
    {
        lock (_lock)
        {
            if (_isClosed)
            {
                return false;
            }

            _waiting.Enqueue(operation);
        }

        _arrived.Set();
        return true;
    }

    /// <summary>Waits until there is something to write, and takes what one commit may hold.</summary>
    /// <param name="taken">Receives it; empty before.</param>
    /// <returns>False when the queue is closed and empty.</returns>
    public bool Take(List<WriteOperation> taken)
    {
        while (true)
        {
            lock (_lock)
            {
                var bytes = 0L;
                while (_waiting.TryPeek(out var next)
                    && ((bytes += next.Bytes) <= options.CommitBytesMax || taken.Count == 0))
                {
                    taken.Add(_waiting.Dequeue());
                }

                if (taken.Count > 0 || _isClosed)
                {
                    return taken.Count > 0;
                }
            }

            _arrived.WaitOne();
        }
    }

    /// <summary>Refuses further writes; what waits is still written.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _isClosed = true;
        }

        _arrived.Set();
    }

    /// <inheritdoc />
    public void Dispose() => _arrived.Dispose();
}
