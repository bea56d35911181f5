namespace Tally.Journal.Tests.Sqlite;

/// <summary>The contract, on SQLite.</summary>
public sealed class SqliteUsageJournalTests() : UsageJournalTests(() => new SqliteJournalFixture());

/// <summary>Histories, on SQLite.</summary>
public sealed class SqliteJournalHistoryTests() : JournalHistoryTests(() => new SqliteJournalFixture());
