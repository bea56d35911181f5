namespace Tally.Journal.Tests.Sqlite;

/// <summary>The contract, on SQLite.</summary>
public sealed class SqliteUsageJournalTests() : UsageJournalTests(() =>
    Task.FromResult<IJournalFixture>(new SqliteJournalFixture()));

/// <summary>Histories, on SQLite.</summary>
public sealed class SqliteJournalHistoryTests() : JournalHistoryTests(() =>
    Task.FromResult<IJournalFixture>(new SqliteJournalFixture()));
