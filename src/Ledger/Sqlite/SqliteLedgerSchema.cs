using Tally.Journal.Sqlite;

namespace Tally.Ledger.Sqlite;

/// <summary>The ledger's tables in the embedded database. A storage format.</summary>
internal static class SqliteLedgerSchema
{
    // Each is one statement. What was written stays: the database itself refuses to change it. The index of an epoch
    // comes out of its segments and can be made again.
    private static readonly string[] Statements =
    [
        """
        CREATE TABLE IF NOT EXISTS ledger (
            sequence INTEGER PRIMARY KEY, tenant TEXT NOT NULL, product TEXT NOT NULL, hour_start INTEGER NOT NULL,
            lines INTEGER NOT NULL, kinds INTEGER NOT NULL, keys BLOB NOT NULL, known BLOB NOT NULL,
            payload BLOB NOT NULL)
        """,
        "CREATE INDEX IF NOT EXISTS ledger_product ON ledger (tenant, product)",
        "CREATE INDEX IF NOT EXISTS ledger_hour ON ledger (tenant, product, hour_start)",
        """
        CREATE TABLE IF NOT EXISTS ledger_key (
            epoch INTEGER NOT NULL, bucket INTEGER NOT NULL, entries BLOB NOT NULL,
            PRIMARY KEY (epoch, bucket)) WITHOUT ROWID
        """,
        """
        CREATE TRIGGER IF NOT EXISTS ledger_no_update BEFORE UPDATE ON ledger
            BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END
        """,
        """
        CREATE TRIGGER IF NOT EXISTS ledger_no_delete BEFORE DELETE ON ledger
            BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END
        """,
    ];

    /// <summary>Makes the tables where there are none, and brings those of older files up to date.</summary>
    /// <param name="session">A session in a transaction.</param>
    /// <param name="segments">Who writes lines.</param>
    /// <returns>Whether lines of an older file were taken over.</returns>
    public static bool Prepare(SqliteSession session, SqliteSegments segments)
    {
        var isOlder = SqliteOlderLedger.PutAside(session);
        foreach (var sql in Statements)
        {
            using var statement = session.Prepare(sql);
            statement.Run();
        }

        if (isOlder)
        {
            SqliteOlderLedger.TakeOver(session, segments);
        }

        return isOlder;
    }
}
