namespace Tally.Journal.Tests.Sqlite;

/// <summary>The contract, on SQLite.</summary>
public sealed class SqliteUsageJournalTests() : UsageJournalTests(() => new SqliteJournalFixture());
