namespace Tally.Journal.Sqlite;

/// <summary>
/// What waits for the next commit. Callers add from many threads, one writer takes all that is there at once.
/// </summary>
/// <param name="countMax">How many writes may wait, above zero.</param>
/// <param name="bytesMax">How many bytes of entries one batch takes at most.</param>
internal sealed class WriteQueue(int countMax, int bytesMax)
{
    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _arrived = new(0, 1);
    private readonly Queue<WriteBatch> _full = new();
    private WriteBatch _filling = new();
    private int _waiting;
    private bool _isClosed;

    /// <summary>How many writes wait to be taken.</summary>
    public int Waiting
    {
        get
        {
            lock (_lock)
            {
                return _waiting;
            }
        }
    }

    /// <summary>Adds a journal entry.</summary>
    /// <param name="customerKey">Whose.</param>
    /// <param name="payload">The entry.</param>
    /// <returns>A task that all entries of a commit share; its result is the commit's number.</returns>
    /// <exception cref="JournalOverloadedException">Too much waits already.</exception>
    public Task<long> Add(string customerKey, ReadOnlyMemory<byte> payload)
    {
        lock (_lock)
        {
            Reserve();
            if (_filling.EntryBytes + payload.Length > bytesMax && _filling.Entries.Count > 0)
            {
                _full.Enqueue(_filling);
                _filling = new();
            }

            _filling.Entries.Add((customerKey, payload));
            _filling.EntryBytes += payload.Length;
            Wake();
            return _filling.Committed;
        }
    }

    /// <summary>Adds any other write.</summary>
    /// <param name="operation">The write.</param>
    /// <exception cref="JournalOverloadedException">Too much waits already.</exception>
    public void Add(WriteOperation operation)
    {
        lock (_lock)
        {
            Reserve();
            _filling.Operations.Add(operation);
            Wake();
        }
    }

    /// <summary>Waits until there is something to write, and takes it.</summary>
    /// <returns>The next batch; null when the queue is closed and empty.</returns>
    public WriteBatch? Take()
    {
        while (true)
        {
            lock (_lock)
            {
                if (_full.TryDequeue(out var full))
                {
                    _waiting -= full.Count;
                    return full;
                }

                if (_filling.Count > 0)
                {
                    var taken = _filling;
                    _filling = new();
                    _waiting -= taken.Count;
                    return taken;
                }

                if (_isClosed)
                {
                    return null;
                }
            }

            _arrived.Wait();
        }
    }

    /// <summary>Refuses further writes; what waits is still written.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _isClosed = true;
            Wake();
        }
    }

    private void Reserve()
    {
        if (_isClosed)
        {
            throw new JournalOverloadedException("The store is closing.");
        }

        if (_waiting >= countMax)
        {
            throw new JournalOverloadedException();
        }

        _waiting++;
    }

    private void Wake()
    {
        if (_arrived.CurrentCount == 0)
        {
            _arrived.Release();
        }
    }
}
