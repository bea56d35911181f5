using Microsoft.Extensions.Time.Testing;
using Npgsql;
using Tally.Journal.Postgres;
using Tally.Tests.Postgres;

namespace Tally.Journal.Tests.Postgres;

/// <summary>A database of its own on a real PostgreSQL.</summary>
internal sealed class PostgresJournalFixture : IJournalFixture
{
    private readonly NpgsqlDataSource _database;
    private PostgresUsageJournal _journal;

    private PostgresJournalFixture(string connectionString)
    {
        _database = NpgsqlDataSource.Create(connectionString + ";Maximum Pool Size=20");
        _journal = Another();
    }

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 11, 22, 10, 0, 0, TimeSpan.Zero));

    public IUsageJournal Journal => _journal;

    public NpgsqlDataSource Database => _database;

    public static async Task<IJournalFixture> Open(SharedPostgres postgres) =>
        new PostgresJournalFixture(await postgres.NewDatabase());

    /// <summary>Another silo's journal in the same database.</summary>
    public PostgresUsageJournal Another(PostgresJournalOptions? options = null) =>
        new(_database, options ?? new(), Clock);

    public async Task Reopen()
    {
        await _journal.DisposeAsync();
        _journal = Another();
    }

    public void Fail(WriteFault fault)
    {
        _journal.BeforeCommit = fault == WriteFault.NotStored ? Throw : null;
        _journal.AfterCommit = fault == WriteFault.Stored ? Throw : null;
    }

    public async ValueTask DisposeAsync()
    {
        await _journal.DisposeAsync();
        await _database.DisposeAsync();
    }

    private static void Throw() => throw new IOException("The test wanted it so.");
}
