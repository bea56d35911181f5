using Tally.Domain.Ledger;
using Tally.Journal.Sqlite;

namespace Tally.Ledger.Sqlite;

/// <summary>
/// Takes over the ledger of an older file, which had a row for each line. Its lines keep their order and get new
/// sequences.
/// </summary>
internal static class SqliteOlderLedger
{
    private const int LinesAtOnce = 5_000;

    private static readonly string[] Aside =
    [
        "DROP TRIGGER ledger_no_update",
        "DROP TRIGGER ledger_no_delete",
        "DROP INDEX ledger_line",
        "DROP INDEX ledger_product",
        "DROP INDEX ledger_hour",
        "DROP INDEX ledger_receipt",
        "ALTER TABLE ledger RENAME TO ledger_1",
    ];

    /// <summary>Puts the older table aside, where there is one.</summary>
    /// <param name="session">A session in a transaction.</param>
    /// <returns>Whether there is one.</returns>
    public static bool PutAside(SqliteSession session)
    {
        using (var select = session.Prepare("SELECT 1 FROM pragma_table_info('ledger') WHERE name = 'line'"))
        {
            if (!select.Step())
            {
                return false;
            }
        }

        foreach (var sql in Aside)
        {
            Run(session, sql);
        }

        return true;
    }

    /// <summary>Copies the older table's lines, and drops it.</summary>
    /// <param name="session">The same session.</param>
    /// <param name="segments">Who writes them.</param>
    public static void TakeOver(SqliteSession session, SqliteSegments segments)
    {
        var after = 0L;
        while (true)
        {
            var lines = Read(session, ref after);
            if (lines.Count == 0)
            {
                break;
            }

            segments.Write(session, lines);
        }

        Run(session, "DROP TABLE ledger_1");
    }

    private static List<LedgerLine> Read(SqliteSession session, ref long after)
    {
        using var select = session.Prepare(
            """
            SELECT sequence, tenant, product, customer, ordinal, hour_start, line, kind, at_ticks, dimension,
                customer_identifier, aws_account_id, license_arn, timestamp, quantity, metering_record_id, code,
                message, request_id, acted_by, reason
            FROM ledger_1 WHERE sequence > ?1 ORDER BY sequence LIMIT ?2
            """);
        select.Bind(1, after).Bind(2, LinesAtOnce);
        var lines = new List<LedgerLine>();
        while (select.Step())
        {
            after = select.GetInt64(0);
            lines.Add(Read(select));
        }

        return lines;
    }

    private static LedgerLine Read(SqliteStatement row)
    {
        var kind = LedgerKinds.Find(row.GetText(7))
            ?? throw new FormatException($"A line of the kind '{row.GetText(7)}' is not known.");
        return new(
            new(new(row.GetText(1), row.GetText(2)), row.GetText(3)),
            new(
                new((int)row.GetInt64(4), row.GetInt64(5)),
                new(TextOrNull(row, 10), TextOrNull(row, 11), TextOrNull(row, 12)),
                row.GetText(9),
                row.GetInt64(13),
                (int)row.GetInt64(14)),
            kind,
            row.GetText(6),
            new(row.GetInt64(8), TimeSpan.Zero))
        {
            MeteringRecordId = TextOrNull(row, 15),
            Code = TextOrNull(row, 16),
            Message = TextOrNull(row, 17),
            RequestId = TextOrNull(row, 18),
            By = TextOrNull(row, 19),
            Reason = TextOrNull(row, 20),
        };
    }

    private static string? TextOrNull(SqliteStatement row, int column) =>
        row.IsNull(column) ? null : row.GetText(column);

    private static void Run(SqliteSession session, string sql)
    {
        using var statement = session.Prepare(sql);
        statement.Run();
    }
}
