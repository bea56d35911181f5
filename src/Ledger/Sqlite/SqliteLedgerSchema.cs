using Tally.Journal.Sqlite;

namespace Tally.Ledger.Sqlite;

/// <summary>The ledger's table in the embedded database. A storage format.</summary>
internal static class SqliteLedgerSchema
{
    /// <summary>The version of the table.</summary>
    public const string Version = "1";

    // Each is one statement. What was written stays: the database itself refuses to change it.
    private static readonly string[] Statements =
    [
        """
        CREATE TABLE IF NOT EXISTS ledger (
            sequence INTEGER PRIMARY KEY, tenant TEXT NOT NULL, product TEXT NOT NULL, customer TEXT NOT NULL,
            ordinal INTEGER NOT NULL, hour_start INTEGER NOT NULL, line TEXT NOT NULL, kind TEXT NOT NULL,
            at_ticks INTEGER NOT NULL, dimension TEXT NOT NULL, customer_identifier TEXT, aws_account_id TEXT,
            license_arn TEXT, timestamp INTEGER NOT NULL, quantity INTEGER NOT NULL, metering_record_id TEXT,
            code TEXT, message TEXT, request_id TEXT, acted_by TEXT, reason TEXT)
        """,
        """
        CREATE UNIQUE INDEX IF NOT EXISTS ledger_line
            ON ledger (tenant, product, customer, ordinal, hour_start, line)
        """,
        "CREATE INDEX IF NOT EXISTS ledger_product ON ledger (tenant, product)",
        "CREATE INDEX IF NOT EXISTS ledger_hour ON ledger (tenant, product, hour_start)",
        """
        CREATE INDEX IF NOT EXISTS ledger_receipt ON ledger (metering_record_id)
            WHERE metering_record_id IS NOT NULL
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

    /// <summary>Makes the table where there is none.</summary>
    /// <param name="session">A session in a transaction.</param>
    /// <returns>How many statements ran.</returns>
    public static int Prepare(SqliteSession session)
    {
        foreach (var sql in Statements)
        {
            using var statement = session.Prepare(sql);
            statement.Run();
        }

        return Statements.Length;
    }
}
