using Microsoft.Data.Sqlite;

namespace Tally.Journal.Sqlite;

/// <summary>The usage journal of the embedded platform.</summary>
/// <remarks>
/// A position is the number of the commit that made the entry durable. Nothing is read at start; a partition's tail
/// is read when the first of its customers asks.
/// </remarks>
public sealed class SqliteUsageJournal : IUsageJournal, ICommitObserver
{
    private const int RowsPerTrim = 2_000;

    private readonly SqliteDatabase _database;
    private readonly SqliteStoreOptions _options;
    private readonly TimeProvider _clock;
    private readonly PartitionTail[] _tails;

    /// <summary>Makes the journal.</summary>
    /// <param name="database">Where it is stored.</param>
    /// <param name="options">How.</param>
    /// <param name="clock">What time it is.</param>
    public SqliteUsageJournal(SqliteDatabase database, SqliteStoreOptions options, TimeProvider clock)
    {
        (_database, _options, _clock) = (database, options, clock);
        _tails = [.. Enumerable.Range(0, options.Partitions).Select(_ => new PartitionTail())];
        database.Observer = this;
    }

    /// <inheritdoc />
    public ValueTask<long> AppendAsync(
        string customerKey,
        ReadOnlyMemory<byte> payload,
        CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(customerKey);
        if (payload.IsEmpty)
        {
            throw new ArgumentException("An entry is not empty.", nameof(payload));
        }

        var committed = _database.AppendAsync(customerKey, payload);
        return new(cancellationToken.CanBeCanceled ? committed.WaitAsync(cancellationToken) : committed);
    }

    /// <inheritdoc />
    public async ValueTask<IReadOnlyList<JournalEntry>> ReadAsync(
        string customerKey,
        long after,
        CancellationToken cancellationToken = default)
    {
        var partition = JournalRow.PartitionOf(customerKey, _tails.Length);
        await EnsureLoaded(partition, cancellationToken);
        Cover(customerKey, after);
        var entries = _tails[partition].Read(customerKey, after);
        return entries.Count == 0
            ? []
            : entries.ConvertAll(entry => new JournalEntry(
                entry.Commit, entry.Payload ?? Fetch(partition, entry.Commit, customerKey)));
    }

    /// <inheritdoc />
    public void Cover(string customerKey, long position)
    {
        if (position > 0)
        {
            TailOf(customerKey).Cover(customerKey, position);
        }
    }

    /// <inheritdoc />
    public async ValueTask<IReadOnlyList<string>> ListUncoveredAsync(
        DateTimeOffset writtenBefore,
        int countMax,
        CancellationToken cancellationToken = default)
    {
        var uncovered = new List<(string CustomerKey, DateTimeOffset WrittenAt)>();
        for (var partition = 0; partition < _tails.Length; partition++)
        {
            await EnsureLoaded(partition, cancellationToken);
            uncovered.AddRange(_tails[partition].Uncovered(writtenBefore));
        }

        return
        [
            .. uncovered
                .OrderBy(customer => customer.WrittenAt)
                .ThenBy(customer => customer.CustomerKey, StringComparer.Ordinal)
                .Take(countMax)
                .Select(customer => customer.CustomerKey),
        ];
    }

    /// <inheritdoc />
    public async ValueTask<int> TrimAsync(CancellationToken cancellationToken = default)
    {
        var deleted = 0;
        for (var partition = 0; partition < _tails.Length; partition++)
        {
            int rows;
            do
            {
                cancellationToken.ThrowIfCancellationRequested();
                var trimmed = partition;

                // On the writer's thread, so that no commit comes between finding the mark and storing it.
                rows = await _database.WriteAsync(connection => Trim(connection, trimmed));
                deleted += rows;
            }
            while (rows == RowsPerTrim);
        }

        return deleted;
    }

    void ICommitObserver.Committed(WriteBatch batch, long commit, DateTimeOffset writtenAt)
    {
        foreach (var (customerKey, _) in batch.Entries)
        {
            TailOf(customerKey).Appended(customerKey, commit, writtenAt);
        }
    }

    void ICommitObserver.OutcomeUnknown()
    {
        foreach (var tail in _tails)
        {
            tail.Reset();
        }
    }

    private int Trim(SqliteConnection connection, int partition)
    {
        if (!_tails[partition].IsLoaded)
        {
            return 0;
        }

        var lowWater = (_tails[partition].FirstNeeded() ?? (_database.LastCommit + 1)) - 1;
        using var command = connection.CreateCommand();
        command.CommandText =
            """
            INSERT INTO low_water (partition, commit_number) VALUES ($partition, $lowWater)
                ON CONFLICT DO UPDATE SET commit_number = excluded.commit_number;
            DELETE FROM journal WHERE id IN (
                SELECT id FROM journal WHERE id >= $from AND id <= $to AND written_at < $writtenBefore LIMIT $rows);
            SELECT changes();
            """;
        command.Parameters.AddWithValue("$partition", partition);
        command.Parameters.AddWithValue("$lowWater", lowWater);
        command.Parameters.AddWithValue("$from", JournalRow.IdOf(partition, 0));
        command.Parameters.AddWithValue("$to", JournalRow.IdOf(partition, lowWater));
        var writtenBefore = _clock.GetUtcNow() - _options.Retention;
        command.Parameters.AddWithValue("$writtenBefore", writtenBefore.ToUnixTimeMilliseconds());
        command.Parameters.AddWithValue("$rows", RowsPerTrim);
        return (int)(long)command.ExecuteScalar()!;
    }

    private PartitionTail TailOf(string customerKey) =>
        _tails[JournalRow.PartitionOf(customerKey, _tails.Length)];

    private async ValueTask EnsureLoaded(int partition, CancellationToken cancellationToken)
    {
        var tail = _tails[partition];
        if (tail.IsLoaded)
        {
            return;
        }

        await tail.Loading.WaitAsync(cancellationToken);
        try
        {
            while (!tail.IsLoaded)
            {
                var resets = tail.Resets;
                var stored = await Task.Run(() => _database.Read(c => ReadTail(c, partition)), cancellationToken);
                tail.TryLoad(stored, resets);
            }
        }
        finally
        {
            tail.Loading.Release();
        }
    }

    private static List<(string CustomerKey, TailEntry Entry)> ReadTail(SqliteConnection connection, int partition)
    {
        using var command = connection.CreateCommand();
        command.CommandText =
            """
            SELECT id, written_at, payload FROM journal
            WHERE id > $base + COALESCE((SELECT commit_number FROM low_water WHERE partition = $partition), 0)
                AND id < $end
            ORDER BY id;
            """;
        command.Parameters.AddWithValue("$partition", partition);
        command.Parameters.AddWithValue("$base", JournalRow.IdOf(partition, 0));
        command.Parameters.AddWithValue("$end", JournalRow.IdOf(partition + 1, 0));
        var entries = new List<(string CustomerKey, TailEntry Entry)>();
        using var rows = command.ExecuteReader();
        while (rows.Read())
        {
            var commit = JournalRow.CommitOf(rows.GetInt64(0));
            var writtenAt = DateTimeOffset.FromUnixTimeMilliseconds(rows.GetInt64(1));
            foreach (var (customerKey, payload) in JournalRow.Read(rows.GetFieldValue<byte[]>(2)))
            {
                entries.Add((customerKey, new(commit, writtenAt, payload)));
            }
        }

        return entries;
    }

    private ReadOnlyMemory<byte> Fetch(int partition, long commit, string customerKey)
    {
        var row = _database.Read(connection =>
        {
            using var command = connection.CreateCommand();
            command.CommandText = "SELECT payload FROM journal WHERE id = $id;";
            command.Parameters.AddWithValue("$id", JournalRow.IdOf(partition, commit));
            return command.ExecuteScalar() as byte[];
        });
        foreach (var (key, payload) in row is null ? [] : JournalRow.Read(row))
        {
            if (key == customerKey)
            {
                return payload;
            }
        }

        throw new JournalException($"Commit {commit} of partition {partition} has no entry of {customerKey}.");
    }
}
