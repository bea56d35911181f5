using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Tally.Emulator.State.Sqlite;

/// <summary>
/// The tables of <c>emulator.db</c>: a storage format. Another version of it gets another number and a migration.
/// </summary>
internal static class SqliteSchema
{
    private const int Version = 2;

    private const string Tables =
        """
        CREATE TABLE settings(name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE products(code TEXT PRIMARY KEY, open_to_all INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE dimensions(
            product TEXT NOT NULL, name TEXT NOT NULL, PRIMARY KEY(product, name)) STRICT, WITHOUT ROWID;
        CREATE TABLE customers(
            product TEXT NOT NULL, customer TEXT NOT NULL, subscribed INTEGER NOT NULL,
            PRIMARY KEY(product, customer)) STRICT, WITHOUT ROWID;
        CREATE TABLE licenses(
            arn TEXT PRIMARY KEY, product TEXT NOT NULL, account TEXT NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE tokens(
            token TEXT PRIMARY KEY, product TEXT NOT NULL, identifier TEXT, account TEXT, license TEXT,
            expires_ticks INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE records(
            place INTEGER PRIMARY KEY, product TEXT NOT NULL, customer_key TEXT NOT NULL, dimension TEXT NOT NULL,
            bucket_seconds INTEGER NOT NULL, identifier TEXT, account TEXT, license TEXT,
            timestamp_ticks INTEGER NOT NULL, quantity INTEGER NOT NULL, record_id TEXT NOT NULL, allocations TEXT,
            UNIQUE(product, customer_key, dimension, bucket_seconds)) STRICT;
        """;

    /// <summary>
    /// Makes the tables, or brings those of an older version up to this one, and checks that they are of this period.
    /// </summary>
    /// <exception cref="IOException">The file is of a newer version, or was begun with another period.</exception>
    public static void Prepare(SqliteConnection connection, TimeSpan period)
    {
        connection.Execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;");
        var version = connection.Scalar("PRAGMA user_version");
        if (version is 0L)
        {
            connection.Execute($"BEGIN IMMEDIATE; {Tables}");
            connection.Execute("INSERT INTO settings VALUES('period', $period)", ("$period", TextOf(period)));
            connection.Execute($"PRAGMA user_version = {Version}; COMMIT;");
        }
        else if (version is 1L)
        {
            connection.Execute(
                $"""
                BEGIN IMMEDIATE;
                ALTER TABLE records ADD COLUMN allocations TEXT;
                PRAGMA user_version = {Version};
                COMMIT;
                """);
        }
        else if (version is not (long)Version)
        {
            throw new IOException($"The file is of version {version}; this emulator reads versions 1 to {Version}.");
        }

        var begunWith = connection.Scalar("SELECT value FROM settings WHERE name = 'period'") as string;
        if (!string.Equals(begunWith, TextOf(period), StringComparison.Ordinal))
            throw new IOException($"The file was begun with the period {begunWith}, not {TextOf(period)}.");
    }

    private static string TextOf(TimeSpan period) => period.ToString("c", CultureInfo.InvariantCulture);
}
