using Tally.Journal.Partitions;

namespace Tally.Journal.Sqlite;

/// <summary>The usage journal of the embedded platform.</summary>
/// <remarks>
/// Nothing is read at the start; a partition's tail is read when the first of its customers asks.
/// </remarks>
public sealed class SqliteUsageJournal : IUsageJournal
{
    private const int KeyBufferBytes = 384;
    private const int BatchesKept = 4;

    private readonly SqliteDatabase _database;
    private readonly SqliteStoreOptions _options;
    private readonly TimeProvider _clock;
    private readonly JournalRows _rows;
    private readonly JournalTrimming _trimming;
    private readonly PartitionTail[] _tails;
    private readonly JournalAppendPool _appends = new();

    // What is being collected, and batches for use again.
    private readonly Lock _collecting = new();
    private readonly Stack<JournalBatch> _idle = [];
    private JournalBatch? _open;

    // Only on the writer's thread. Numbers of failed commits are not used again, so that a row tells whose it is.
    private readonly List<long> _unsettled = [];
    private long _lastCommit;

    private volatile bool _isBegun;
    private volatile bool _isUnsettled;

    /// <summary>Makes the journal.</summary>
    /// <param name="database">Where it is stored.</param>
    public SqliteUsageJournal(SqliteDatabase database)
    {
        (_database, _options, _clock) = (database, database.Options, database.Clock);
        _rows = new(_options.Partitions, _options.Path);
        _tails = [.. Enumerable.Range(0, _options.Partitions).Select(_ => new PartitionTail())];
        _trimming = new(database, _rows, _tails);
        database.Writer.Reopened = Settle;
    }

    /// <inheritdoc />
    public bool IsShared => false;

    /// <inheritdoc />
    public ValueTask<long> AppendAsync(
        string customerKey,
        ReadOnlyMemory<byte> payload,
        CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var customer = new CustomerAddress(customerKey, _tails.Length, stackalloc byte[KeyBufferBytes]);
        if (payload.IsEmpty)
        {
            throw new ArgumentException("An entry is not empty.", nameof(payload));
        }

        var size = JournalRow.SizeOf(customer.Utf8.Length, payload.Length);
        if (!_database.Queue.TryReserve(size))
        {
            return ValueTask.FromException<long>(new JournalOverloadedException());
        }

        var append = _appends.Rent();
        var appended = append.Task;
        if (!TryCollect(customer, payload.Span, append))
        {
            _database.Queue.Release(1, size);
            return ValueTask.FromException<long>(new JournalOverloadedException("The database is closing."));
        }

        return cancellationToken.CanBeCanceled
            ? new(appended.AsTask().WaitAsync(cancellationToken))
            : appended;
    }

    /// <inheritdoc />
    public async ValueTask<IReadOnlyList<JournalEntry>> ReadAsync(
        string customerKey,
        long after,
        CancellationToken cancellationToken = default)
    {
        var partition = PartitionOf(customerKey);
        var tail = _tails[partition];
        await Load(partition, withPayloads: true, cancellationToken);
        var (entries, rows) = tail.Find(customerKey, after);
        if (rows.Count > 0)
        {
            var more = await _database.ReadAsync(session => _rows.Find(session, rows, customerKey))
                .WaitAsync(cancellationToken);
            entries.AddRange(more.Where(entry => entry.Position > after));
        }

        return entries;
    }

    /// <inheritdoc />
    public async ValueTask EnsureWholeAsync(string customerKey, CancellationToken cancellationToken = default) =>
        await _database.ReadAsync(session => _rows.RefuseTrimmed(session, customerKey)).WaitAsync(cancellationToken);

    /// <inheritdoc />
    public void Cover(string customerKey, long position) =>
        _tails[PartitionOf(customerKey)].Cover(customerKey, position);

    /// <inheritdoc />
    public async ValueTask<IReadOnlyList<string>> ListUncoveredAsync(
        DateTimeOffset writtenBefore,
        int countMax,
        CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(countMax, 1);
        await Begin(cancellationToken);
        var firstLater = await _trimming.FirstRowSince(writtenBefore).WaitAsync(cancellationToken);
        var uncovered = new List<(string CustomerKey, long Row)>();
        for (var partition = 0; partition < _tails.Length; partition++)
        {
            await Load(partition, withPayloads: false, cancellationToken);
            uncovered.AddRange(_tails[partition].Uncovered(firstLater));
        }

        return
        [
            .. uncovered
                .OrderBy(customer => customer.Row)
                .ThenBy(customer => customer.CustomerKey, StringComparer.Ordinal)
                .Take(countMax)
                .Select(customer => customer.CustomerKey),
        ];
    }

    /// <inheritdoc />
    public async ValueTask<int> TrimAsync(CancellationToken cancellationToken = default)
    {
        await Begin(cancellationToken);
        return await _trimming.Trim(_clock.GetUtcNow() - _options.Retention, cancellationToken);
    }

    /// <summary>Writes a batch's rows, on the writer's thread and inside its transaction.</summary>
    /// <param name="batch">The batch; from here on nobody adds to it.</param>
    /// <param name="session">The writer's session.</param>
    internal void Write(JournalBatch batch, SqliteSession session)
    {
        Close(batch);
        Settle(session);
        batch.Commit = ++_lastCommit;
        var now = _clock.GetUtcNow();
        for (var partition = 0; partition < batch.Entries.Rows.Count; partition++)
        {
            if (batch.Entries.Rows[partition].Count > 0)
            {
                JournalRows.Insert(session, RowOf(batch, partition), now, batch.Entries.Rows[partition].Written);
            }
        }
    }

    /// <summary>A batch is durable: notes where its entries are, and answers.</summary>
    /// <param name="batch">The batch.</param>
    internal void Committed(JournalBatch batch)
    {
        foreach (var slot in batch.Entries.Slots)
        {
            var position = JournalPosition.Of(RowOf(batch, slot.Partition), slot.Ordinal);
            _tails[slot.Partition].Add(slot.CustomerKey, position);
        }

        for (var partition = 0; partition < batch.Entries.Rows.Count; partition++)
        {
            if (batch.Entries.Rows[partition].Count > 0)
            {
                _tails[partition].AddedAll(RowOf(batch, partition));
            }
        }

        _database.Queue.Release(batch.Entries.Count, batch.Bytes);
        foreach (var slot in batch.Entries.Slots)
        {
            slot.Append.Complete(JournalPosition.Of(RowOf(batch, slot.Partition), slot.Ordinal));
        }

        Recycle(batch);
    }

    /// <summary>A commit failed: what is stored of a batch must be found out before anything else.</summary>
    /// <param name="batch">The batch.</param>
    internal void Abandon(JournalBatch batch)
    {
        Close(batch);
        for (var partition = 0; batch.Commit > 0 && partition < batch.Entries.Rows.Count; partition++)
        {
            if (batch.Entries.Rows[partition].Count > 0)
            {
                _unsettled.Add(RowOf(batch, partition));
                _tails[partition].ExpectReads();
            }
        }

        _isUnsettled = _unsettled.Count > 0;
    }

    /// <summary>Answers those who wait for a batch that failed.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="exception">Why.</param>
    internal void Fail(JournalBatch batch, Exception exception)
    {
        _database.Queue.Release(batch.Entries.Count, batch.Bytes);
        foreach (var slot in batch.Entries.Slots)
        {
            slot.Append.Fail(exception);
        }

        Recycle(batch);
    }

    private bool TryCollect(in CustomerAddress customer, ReadOnlySpan<byte> payload, JournalAppend append)
    {
        lock (_collecting)
        {
            if (_open is { } open
                && open.Bytes + (long)payload.Length <= _options.CommitBytesMax
                && open.Entries.Count < JournalPosition.EntriesPerRowMax)
            {
                open.Entries.Add(customer, payload, append);
                return true;
            }

            var batch = _idle.TryPop(out var idle) ? idle : new JournalBatch(this, _tails.Length);
            batch.Entries.Add(customer, payload, append);

            // Inside the lock: batches are to be written in the order in which they were begun.
            if (!_database.Queue.TryAdd(batch))
            {
                return false;
            }

            _open = batch;
            return true;
        }
    }

    private void Close(JournalBatch batch)
    {
        lock (_collecting)
        {
            if (_open == batch)
            {
                _open = null;
            }
        }
    }

    private void Recycle(JournalBatch batch)
    {
        batch.Clear();
        lock (_collecting)
        {
            if (_idle.Count < BatchesKept)
            {
                _idle.Push(batch);
            }
        }
    }

    private long RowOf(JournalBatch batch, int partition) => (batch.Commit * _tails.Length) + partition;

    /// <summary>
    /// Finds out where the journal ends, at the first use, and later what became of commits that failed. On the
    /// writer's thread, so that nothing is written meanwhile.
    /// </summary>
    private void Settle(SqliteSession session)
    {
        if (!_isBegun)
        {
            var last = JournalRows.FindLast(session);
            for (var partition = 0; partition < _tails.Length; partition++)
            {
                _tails[partition].Begin(JournalRows.FindMark(session, partition), last);
            }

            _lastCommit = last / _tails.Length;
            _isBegun = true;
        }

        foreach (var row in _unsettled)
        {
            if (_rows.Find(session, row) is { } stored)
            {
                var load = new TailLoad(row, row, WithPayloads: false);
                load.Add(row, stored);
                _tails[row % _tails.Length].Add(load);
            }
        }

        _unsettled.Clear();
        _isUnsettled = false;
    }

    private async ValueTask Begin(CancellationToken cancellationToken)
    {
        if (_isBegun && !_isUnsettled)
        {
            return;
        }

        var isSettled = false;
        Task settling = _database.WriteAsync(session =>
        {
            Settle(session);
            return isSettled = true;
        });
        await settling.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();

        // If another write in that commit failed, what was to be found out is known all the same.
        if (!isSettled)
        {
            await settling;
        }
    }

    private async ValueTask Load(int partition, bool withPayloads, CancellationToken cancellationToken)
    {
        await Begin(cancellationToken);
        var tail = _tails[partition];
        if (tail.Missing(withPayloads) is null)
        {
            return;
        }

        await tail.Loading.WaitAsync(cancellationToken);
        try
        {
            if (tail.Missing(withPayloads) is { } load)
            {
                await _database.ReadAsync(session => _rows.Read(session, partition, load));
                tail.Take(load);
            }
        }
        finally
        {
            tail.Loading.Release();
        }
    }

    private int PartitionOf(string customerKey) =>
        new CustomerAddress(customerKey, _tails.Length, stackalloc byte[KeyBufferBytes]).Partition;
}
