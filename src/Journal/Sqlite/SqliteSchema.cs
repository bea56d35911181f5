using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Tally.Journal.Sqlite;

/// <summary>The database's settings and tables. The tables are a storage format.</summary>
internal static class SqliteSchema
{
    /// <summary>The size of a page in bytes, and what that of every database is a multiple of.</summary>
    public const int PageBytes = 16_384;

    private const string Version = "2";

    // What was written by version 1 has no checksums.
    private static readonly string[] FromVersion1 =
    [
        "ALTER TABLE journal ADD COLUMN checksum INTEGER",
        "ALTER TABLE grain_state ADD COLUMN checksum INTEGER",
        "UPDATE meta SET value = '2' WHERE name = 'schema'",
    ];

    // Measured with commits of 32 to 512 KiB: smaller pages cost more time a byte, larger ones make a snapshot's
    // few hundred bytes expensive. Checkpoints are the WalCheckpointer's. Free pages are used again rather than
    // given back: to track what could be given back would cost a page more in each commit.
    private const string Settings =
        """
        PRAGMA page_size = 16384;
        PRAGMA journal_mode = WAL;
        PRAGMA synchronous = FULL;
        PRAGMA wal_autocheckpoint = 0;
        PRAGMA cache_size = -16000;
        """;

    private const string Tables =
        """
        CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS journal (
            row INTEGER PRIMARY KEY, written_at INTEGER NOT NULL, payload BLOB NOT NULL, checksum INTEGER);
        CREATE TABLE IF NOT EXISTS journal_mark (partition INTEGER PRIMARY KEY, row INTEGER NOT NULL);
        CREATE TABLE IF NOT EXISTS journal_trimmed (customer INTEGER PRIMARY KEY);
        CREATE TABLE IF NOT EXISTS grain_state (
            number INTEGER PRIMARY KEY, grain TEXT NOT NULL, name TEXT NOT NULL,
            version INTEGER NOT NULL, payload BLOB NOT NULL, checksum INTEGER, UNIQUE (grain, name));
        CREATE TABLE IF NOT EXISTS reminder (
            grain TEXT NOT NULL, name TEXT NOT NULL, hash INTEGER NOT NULL, start_ticks INTEGER NOT NULL,
            period_ticks INTEGER NOT NULL, version INTEGER NOT NULL, PRIMARY KEY (grain, name)) WITHOUT ROWID;
        CREATE INDEX IF NOT EXISTS reminder_hash ON reminder (hash);
        """;

    /// <summary>Opens a connection.</summary>
    /// <param name="options">Where, and how long to wait for a lock.</param>
    /// <returns>A session on it.</returns>
    /// <exception cref="SqliteException">The file can't be opened.</exception>
    public static SqliteSession Open(SqliteStoreOptions options)
    {
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = options.Path, Pooling = false }.ToString());
        try
        {
            connection.Open();
            raw.sqlite3_busy_timeout(connection.Handle, (int)options.BusyTimeout.TotalMilliseconds);
            RunAll(connection, Settings);
            return new(connection);
        }
        catch (SqliteException)
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Makes the tables where there are none, brings older ones up to date, and checks that they are of the version
    /// known here.
    /// </summary>
    /// <param name="session">A session.</param>
    /// <exception cref="JournalException">The tables are of a newer version.</exception>
    public static void Prepare(SqliteSession session)
    {
        session.Run("BEGIN IMMEDIATE");
        foreach (var table in Tables.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            session.Run(table);
        }

        var stored = EnsureMeta(session, "schema", Version);
        if (stored == "1")
        {
            Array.ForEach(FromVersion1, session.Run);
        }
        else if (stored != Version)
        {
            throw new JournalException($"The database is of version {stored}; this program knows {Version}.");
        }

        session.Run("COMMIT");
    }

    /// <summary>Stores a value where there is none.</summary>
    /// <param name="session">A session, inside or outside a transaction.</param>
    /// <param name="name">The value's name.</param>
    /// <param name="value">The value.</param>
    /// <returns>What is stored.</returns>
    public static string EnsureMeta(SqliteSession session, string name, string value)
    {
        using (var insert = session.Prepare("INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT DO NOTHING"))
        {
            insert.Bind(1, name).Bind(2, value).Run();
        }

        using var select = session.Prepare("SELECT value FROM meta WHERE name = ?");
        return select.Bind(1, name).Step() ? select.GetText(0) : value;
    }

    private static void RunAll(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
