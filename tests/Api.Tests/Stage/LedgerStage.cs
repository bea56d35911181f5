using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Tally.Journal.Sqlite;
using Tally.Ledger.Sqlite;

namespace Tally.Api.Tests.Stage;

/// <summary>A ledger in a real SQLite file.</summary>
internal sealed class LedgerStage : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tally-api-ledger-");
    private readonly SqliteDatabase _database;

    public LedgerStage()
    {
        File = Path.Combine(_folder.FullName, "tally.db");
        _database = new(new() { Path = File }, new FakeTimeProvider(), NullLogger<SqliteDatabase>.Instance);
        Ledger = new(_database);
    }

    public string File { get; }

    public SqliteRecordLedger Ledger { get; }

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
