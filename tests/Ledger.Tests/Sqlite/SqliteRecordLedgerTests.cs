namespace Tally.Ledger.Tests.Sqlite;

/// <summary>The contract, kept by SQLite.</summary>
public sealed class SqliteRecordLedgerTests() : RecordLedgerTests(() =>
    Task.FromResult<ILedgerFixture>(new SqliteLedgerFixture()));
