using Microsoft.Data.Sqlite;

namespace Tally.Journal.Sqlite;

/// <summary>The database's settings and tables.</summary>
internal static class SqliteSchema
{
    private const int Version = 1;

    /// <summary>
    /// Sets a connection up and makes the tables where there are none. A journal row's id is partition * 2^44 +
    /// commit, so that a partition's rows lie together, in order, without an index.
    /// </summary>
    /// <param name="connection">An open connection.</param>
    /// <exception cref="JournalException">The tables are of a version that this program doesn't know.</exception>
    public static void Prepare(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText =
            """
            PRAGMA page_size = 8192;
            PRAGMA journal_mode = WAL;
            PRAGMA synchronous = FULL;
            PRAGMA wal_autocheckpoint = 4000;
            PRAGMA cache_size = -32000;
            CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
            CREATE TABLE IF NOT EXISTS journal (
                id INTEGER PRIMARY KEY, written_at INTEGER NOT NULL, payload BLOB NOT NULL);
            CREATE TABLE IF NOT EXISTS low_water (partition INTEGER PRIMARY KEY, commit_number INTEGER NOT NULL);
            CREATE TABLE IF NOT EXISTS grain_state (
                id TEXT PRIMARY KEY, version INTEGER NOT NULL, payload BLOB NOT NULL) WITHOUT ROWID;
            CREATE TABLE IF NOT EXISTS reminder (
                grain TEXT NOT NULL, name TEXT NOT NULL, hash INTEGER NOT NULL, start_ticks INTEGER NOT NULL,
                period_ticks INTEGER NOT NULL, version INTEGER NOT NULL, PRIMARY KEY (grain, name)) WITHOUT ROWID;
            """;
        command.ExecuteNonQuery();
        command.CommandText = "PRAGMA user_version;";
        var version = (long)command.ExecuteScalar()!;
        if (version is not (0 or Version))
        {
            throw new JournalException($"The database is of version {version}; this program knows {Version}.");
        }

        if (version == 0)
        {
            command.CommandText = $"PRAGMA user_version = {Version};";
            command.ExecuteNonQuery();
        }
    }
}
