using Microsoft.Data.Sqlite;
using Tally.Domain.Encoding;

namespace Tally.Journal.Sqlite;

/// <summary>Makes commits, on the writer's thread, over one connection with statements prepared once.</summary>
internal sealed class JournalWriter : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _insert;
    private readonly SqliteParameter _id;
    private readonly SqliteParameter _writtenAt;
    private readonly SqliteParameter _payload;
    private readonly PayloadWriter[] _rows;

    /// <summary>Makes a writer.</summary>
    /// <param name="connection">Its connection, which it disposes of.</param>
    /// <param name="partitions">How many partitions there are.</param>
    public JournalWriter(SqliteConnection connection, int partitions)
    {
        _connection = connection;
        _rows = [.. Enumerable.Range(0, partitions).Select(_ => new PayloadWriter())];
        _insert = connection.CreateCommand();
        _insert.CommandText = "INSERT INTO journal (id, written_at, payload) VALUES ($id, $writtenAt, $payload);";
        _id = _insert.Parameters.Add("$id", SqliteType.Integer);
        _writtenAt = _insert.Parameters.Add("$writtenAt", SqliteType.Integer);
        _payload = _insert.Parameters.Add("$payload", SqliteType.Blob);
        LastCommit = FindLastCommit();
    }

    /// <summary>The number of the last commit.</summary>
    public long LastCommit { get; private set; }

    /// <summary>Writes a batch and waits until it is on disk.</summary>
    /// <param name="batch">What to write.</param>
    /// <param name="now">The present moment.</param>
    /// <returns>The commit's number, above every earlier one.</returns>
    public long Commit(WriteBatch batch, DateTimeOffset now)
    {
        using var transaction = _connection.BeginTransaction(deferred: false);
        var commit = LastCommit + 1;
        WriteRows(batch, commit, now, transaction);
        foreach (var operation in batch.Operations)
        {
            operation.Run(_connection);
        }

        transaction.Commit();
        LastCommit = commit;
        return commit;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _insert.Dispose();
        _connection.Dispose();
    }

    private void WriteRows(WriteBatch batch, long commit, DateTimeOffset now, SqliteTransaction transaction)
    {
        foreach (var (customerKey, payload) in batch.Entries)
        {
            JournalRow.Add(_rows[JournalRow.PartitionOf(customerKey, _rows.Length)], customerKey, payload.Span);
        }

        _insert.Transaction = transaction;
        for (var partition = 0; partition < _rows.Length; partition++)
        {
            var row = _rows[partition];
            if (row.Length == 0)
            {
                continue;
            }

            _id.Value = JournalRow.IdOf(partition, commit);
            _writtenAt.Value = now.ToUnixTimeMilliseconds();
            _payload.Value = row.Written.ToArray();
            row.Clear();
            _insert.ExecuteNonQuery();
        }
    }

    /// <summary>
    /// The highest commit that ever was. Rows may be deleted, so that low-water marks count too.
    /// </summary>
    private long FindLastCommit()
    {
        using var command = _connection.CreateCommand();
        command.CommandText = "SELECT COALESCE(MAX(commit_number), 0) FROM low_water;";
        var last = (long)command.ExecuteScalar()!;
        command.CommandText = "SELECT COALESCE(MAX(id), 0) FROM journal WHERE id >= $from AND id < $to;";
        var from = command.Parameters.Add("$from", SqliteType.Integer);
        var to = command.Parameters.Add("$to", SqliteType.Integer);
        for (var partition = 0; partition < _rows.Length; partition++)
        {
            from.Value = JournalRow.IdOf(partition, 0);
            to.Value = JournalRow.IdOf(partition + 1, 0);
            last = Math.Max(last, JournalRow.CommitOf((long)command.ExecuteScalar()!));
        }

        return last;
    }
}
