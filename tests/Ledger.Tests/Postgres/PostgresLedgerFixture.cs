using Npgsql;
using Tally.Contracts.Ledger;
using Tally.Ledger.Postgres;
using Tally.Tests.Postgres;

namespace Tally.Ledger.Tests.Postgres;

/// <summary>A database of its own on a real PostgreSQL.</summary>
internal sealed class PostgresLedgerFixture : ILedgerFixture
{
    private readonly NpgsqlDataSource _database;
    private PostgresRecordLedger _ledger;

    private PostgresLedgerFixture(NpgsqlDataSource database) => (_database, _ledger) = (database, new(database));

    public IRecordLedger Ledger => _ledger;

    /// <summary>Another process's ledger in the same database.</summary>
    public PostgresRecordLedger Another() => new(_database);

    public static async Task<PostgresLedgerFixture> Open(SharedPostgres postgres) =>
        new(NpgsqlDataSource.Create(await postgres.NewDatabase()));

    public async Task Reopen()
    {
        await _ledger.DisposeAsync();
        _ledger = new(_database);
    }

    public async Task<string?> TryExecute(string sql)
    {
        await using var command = _database.CreateCommand(sql);
        try
        {
            await command.ExecuteNonQueryAsync();
            return null;
        }
        catch (PostgresException exception)
        {
            return exception.Message;
        }
    }

    /// <summary>Nobody is let in, and whoever is in is thrown out.</summary>
    public async Task SetReachable(bool isReachable)
    {
        var name = new NpgsqlConnectionStringBuilder(_database.ConnectionString).Database!;
        var server = new NpgsqlConnectionStringBuilder(_database.ConnectionString)
        {
            Database = "postgres",
            Pooling = false,
        };
        await using var admin = NpgsqlDataSource.Create(server.ConnectionString);
        await using var allow = admin.CreateCommand(
            $"ALTER DATABASE {name} WITH ALLOW_CONNECTIONS {(isReachable ? "true" : "false")}");
        await allow.ExecuteNonQueryAsync();
        if (!isReachable)
        {
            await using var end = admin.CreateCommand(
                $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'");
            await end.ExecuteNonQueryAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _ledger.DisposeAsync();
        await _database.DisposeAsync();
    }
}
