using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Tally.Journal.Sqlite;

namespace Tally.Journal.Tests.Sqlite;

/// <summary>A real SQLite file in a folder of its own.</summary>
internal sealed class SqliteJournalFixture : IJournalFixture
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tally-journal-");
    private SqliteDatabase _database;

    public SqliteJournalFixture(Action<SqliteStoreOptions>? configure = null)
    {
        Options = new() { Path = Path.Combine(_folder.FullName, "tally.db"), Partitions = 4 };
        configure?.Invoke(Options);
        (_database, Journal) = Open();
    }

    public SqliteStoreOptions Options { get; }

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 11, 22, 10, 0, 0, TimeSpan.Zero));

    public SqliteDatabase Database => _database;

    public IUsageJournal Journal { get; private set; }

    public async Task Reopen()
    {
        await _database.DisposeAsync();
        (_database, Journal) = Open();
    }

    public void Fail(WriteFault fault)
    {
        Database.Writer.BeforeCommit = fault == WriteFault.NotStored ? Throw : null;
        Database.Writer.AfterCommit = fault == WriteFault.Stored ? Throw : null;
    }

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private (SqliteDatabase Database, SqliteUsageJournal Journal) Open()
    {
        var database = new SqliteDatabase(Options, Clock, NullLogger<SqliteDatabase>.Instance);
        return (database, new SqliteUsageJournal(database));
    }

    private static void Throw() => throw new IOException("The test wanted it so.");
}
