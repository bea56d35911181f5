using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Tally.Contracts.Ledger;
using Tally.Journal.Sqlite;
using Tally.Ledger.Sqlite;

namespace Tally.Ledger.Tests.Sqlite;

/// <summary>A real SQLite file in a folder of its own.</summary>
internal sealed class SqliteLedgerFixture : ILedgerFixture
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tally-ledger-");
    private readonly SqliteStoreOptions _options;
    private SqliteDatabase _database;
    private SqliteConnection? _intruder;

    public SqliteLedgerFixture()
    {
        _options = new() { Path = Path.Combine(_folder.FullName, "tally.db"), BusyTimeout = TimeSpan.Zero };
        (_database, Ledger) = Open();
    }

    public IRecordLedger Ledger { get; private set; }

    public async Task Reopen()
    {
        await _database.DisposeAsync();
        (_database, Ledger) = Open();
    }

    public async Task<string?> TryExecute(string sql)
    {
        await using var connection = await Connect();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        try
        {
            await command.ExecuteNonQueryAsync();
            return null;
        }
        catch (SqliteException exception)
        {
            return exception.Message;
        }
    }

    /// <summary>Another program that holds the database's write lock makes every commit fail.</summary>
    public async Task SetReachable(bool isReachable)
    {
        if (isReachable)
        {
            await _intruder!.DisposeAsync();
            return;
        }

        _intruder = await Connect();
        await using var command = _intruder.CreateCommand();
        command.CommandText = "BEGIN IMMEDIATE";
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private async Task<SqliteConnection> Connect()
    {
        var connection = new SqliteConnection($"Data Source={_options.Path};Pooling=False");
        await connection.OpenAsync();
        return connection;
    }

    private (SqliteDatabase Database, SqliteRecordLedger Ledger) Open()
    {
        var database = new SqliteDatabase(_options, new FakeTimeProvider(), NullLogger<SqliteDatabase>.Instance);
        return (database, new SqliteRecordLedger(database));
    }
}
