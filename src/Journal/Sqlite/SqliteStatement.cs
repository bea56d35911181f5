using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Tally.Journal.Sqlite;

/// <summary>
/// A prepared statement of a <see cref="SqliteSession"/>, which keeps it for the next use. Parameters count from 1,
/// columns from 0. Disposing of it gives it back to its session.
/// </summary>
/// <remarks>A thin cover over SQLite's own interface: values are neither boxed nor copied on the way in.</remarks>
public sealed class SqliteStatement : IDisposable
{
    private readonly sqlite3 _connection;
    private readonly sqlite3_stmt _statement;
    private bool _isUsed;

    internal SqliteStatement(sqlite3 connection, string sql)
    {
        _connection = connection;
        Check(raw.sqlite3_prepare_v2(connection, sql, out _statement));
    }

    /// <summary>Gives a parameter a number.</summary>
    /// <param name="parameter">Which, from 1.</param>
    /// <param name="value">Its value.</param>
    /// <returns>The same statement.</returns>
    public SqliteStatement Bind(int parameter, long value)
    {
        Check(raw.sqlite3_bind_int64(_statement, parameter, value));
        return this;
    }

    /// <summary>Gives a parameter a text.</summary>
    /// <param name="parameter">Which, from 1.</param>
    /// <param name="value">Its value.</param>
    /// <returns>The same statement.</returns>
    public SqliteStatement Bind(int parameter, string value)
    {
        Check(raw.sqlite3_bind_text(_statement, parameter, value));
        return this;
    }

    /// <summary>Gives a parameter bytes.</summary>
    /// <param name="parameter">Which, from 1.</param>
    /// <param name="value">Its value.</param>
    /// <returns>The same statement.</returns>
    public SqliteStatement Bind(int parameter, ReadOnlySpan<byte> value)
    {
        Check(raw.sqlite3_bind_blob(_statement, parameter, value));
        return this;
    }

    /// <summary>Goes on to the next row.</summary>
    /// <returns>Whether there is one.</returns>
    /// <exception cref="SqliteException">The statement failed.</exception>
    public bool Step()
    {
        var result = raw.sqlite3_step(_statement);
        if (result == raw.SQLITE_ROW)
        {
            return true;
        }

        if (result != raw.SQLITE_DONE)
        {
            SqliteException.ThrowExceptionForRC(result, _connection);
        }

        return false;
    }

    /// <summary>Runs a statement to its end.</summary>
    /// <returns>How many rows it changed, if it changes any.</returns>
    /// <exception cref="SqliteException">The statement failed.</exception>
    public int Run()
    {
        while (Step())
        {
            // Rows are of no interest here.
        }

        return raw.sqlite3_changes(_connection);
    }

    /// <summary>Goes back to before the first row, for new parameters.</summary>
    public void Rewind() => _ = raw.sqlite3_reset(_statement);

    /// <summary>Whether a column of the present row is null.</summary>
    /// <param name="column">Which, from 0.</param>
    /// <returns>True when it is null.</returns>
    public bool IsNull(int column) => raw.sqlite3_column_type(_statement, column) == raw.SQLITE_NULL;

    /// <summary>A number of the present row.</summary>
    /// <param name="column">Which, from 0.</param>
    /// <returns>The number; 0 for null.</returns>
    public long GetInt64(int column) => raw.sqlite3_column_int64(_statement, column);

    /// <summary>A text of the present row.</summary>
    /// <param name="column">Which, from 0.</param>
    /// <returns>The text; empty for null.</returns>
    public string GetText(int column) => raw.sqlite3_column_text(_statement, column).utf8_to_string() ?? "";

    /// <summary>Bytes of the present row.</summary>
    /// <param name="column">Which, from 0.</param>
    /// <returns>The bytes, valid until the next step; empty for null.</returns>
    public ReadOnlySpan<byte> GetBytes(int column) => raw.sqlite3_column_blob(_statement, column);

    /// <summary>Ends its use and forgets its parameters.</summary>
    public void Dispose()
    {
        // The result repeats the error of the last step, which was thrown already.
        _ = raw.sqlite3_reset(_statement);
        _ = raw.sqlite3_clear_bindings(_statement);
        _isUsed = false;
    }

    internal void Use()
    {
        if (_isUsed)
        {
            throw new InvalidOperationException("This statement is in use; a session prepares each text once.");
        }

        _isUsed = true;
    }

    internal void Close() => _statement.Dispose();

    private void Check(int result)
    {
        if (result != raw.SQLITE_OK)
        {
            SqliteException.ThrowExceptionForRC(result, _connection);
        }
    }
}
