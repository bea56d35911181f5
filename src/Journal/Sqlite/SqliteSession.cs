using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Tally.Journal.Sqlite;

/// <summary>One connection with the statements that were prepared on it. Not for concurrent use.</summary>
public sealed class SqliteSession : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly Dictionary<string, SqliteStatement> _statements = [];

    internal SqliteSession(SqliteConnection connection) => _connection = connection;

    internal sqlite3 Handle => _connection.Handle!;

    /// <summary>Whether no transaction is open; after some errors SQLite ends a transaction by itself.</summary>
    internal bool IsIdle => raw.sqlite3_get_autocommit(Handle) != 0;

    /// <summary>Prepares a statement, or takes it from earlier.</summary>
    /// <param name="sql">
    /// One statement. It is kept for as long as the connection, so it must be a constant: values are parameters.
    /// </param>
    /// <returns>The statement, to be disposed of after use.</returns>
    /// <exception cref="SqliteException">The statement isn't valid.</exception>
    public SqliteStatement Prepare(string sql)
    {
        if (!_statements.TryGetValue(sql, out var statement))
        {
            statement = new(Handle, sql);
            _statements.Add(sql, statement);
        }

        statement.Use();
        return statement;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var statement in _statements.Values)
        {
            statement.Close();
        }

        _connection.Dispose();
    }

    internal void Run(string sql)
    {
        using var statement = Prepare(sql);
        statement.Run();
    }

    /// <summary>Copies pages from the write-ahead log into the file, as far as nobody is in the way.</summary>
    /// <returns>Whether all of the log was copied, so that the next commit starts the log anew.</returns>
    internal bool Checkpoint()
    {
        var result = raw.sqlite3_wal_checkpoint_v2(
            Handle, "main", raw.SQLITE_CHECKPOINT_PASSIVE, out var logged, out var copied);
        if (result is not (raw.SQLITE_OK or raw.SQLITE_BUSY))
        {
            SqliteException.ThrowExceptionForRC(result, Handle);
        }

        return result == raw.SQLITE_OK && copied >= logged;
    }
}
