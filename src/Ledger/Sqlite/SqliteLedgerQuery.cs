using System.Text;
using Tally.Domain.Catalogue;
using Tally.Domain.Ledger;
using Tally.Domain.Sealing;
using Tally.Journal.Sqlite;

namespace Tally.Ledger.Sqlite;

/// <summary>Reads lines of the embedded database.</summary>
internal static class SqliteLedgerQuery
{
    private const long SecondsPerDay = 86_400;

    private const string Columns =
        """
        sequence, customer, ordinal, hour_start, line, kind, at_ticks, dimension, customer_identifier,
        aws_account_id, license_arn, timestamp, quantity, metering_record_id, code, message, request_id, acted_by,
        reason
        """;

    /// <summary>Reads a page.</summary>
    /// <param name="session">A session.</param>
    /// <param name="filter">Which lines.</param>
    /// <param name="after">The last line of the page before.</param>
    /// <param name="countMax">How many at most.</param>
    /// <returns>The lines.</returns>
    public static IReadOnlyList<LedgerRow> Run(SqliteSession session, LedgerFilter filter, long after, int countMax)
    {
        using var select = session.Prepare(Text(filter));
        select.Bind(1, filter.Product.Tenant).Bind(2, filter.Product.Code).Bind(3, after).Bind(4, countMax);
        BindText(select, 5, filter.Customer);
        BindNumber(select, 6, filter.Ordinal);
        BindNumber(select, 7, filter.FromSeconds);
        BindNumber(select, 8, filter.ToSeconds);
        BindText(select, 9, filter.Kind is { } kind ? LedgerKinds.NameOf(kind) : null);
        BindText(select, 10, filter.MeteringRecordId);
        var rows = new List<LedgerRow>();
        while (select.Step())
        {
            rows.Add(Read(filter.Product, select));
        }

        return rows;
    }

    /// <summary>
    /// Builds the statement, of which there are as many as there are ways to ask. The index is named, as without
    /// statistics SQLite might go through all of a product's lines to find those of one customer.
    /// </summary>
    private static string Text(LedgerFilter filter)
    {
        var sql = new StringBuilder($"SELECT {Columns} FROM ledger INDEXED BY {IndexFor(filter)} ");
        sql.Append("WHERE tenant = ?1 AND product = ?2 AND sequence > ?3");
        sql.Append(filter.Customer is null ? "" : " AND customer = ?5");
        sql.Append(filter.Ordinal is null ? "" : " AND ordinal = ?6");
        sql.Append(filter.FromSeconds is null ? "" : " AND hour_start >= ?7");
        sql.Append(filter.ToSeconds is null ? "" : " AND hour_start < ?8");
        sql.Append(filter.Kind is null ? "" : " AND kind = ?9");
        sql.Append(filter.MeteringRecordId is null ? "" : " AND metering_record_id = ?10");
        return sql.Append(" ORDER BY sequence LIMIT ?4").ToString();
    }

    private static string IndexFor(LedgerFilter filter)
    {
        if (filter.MeteringRecordId is not null)
        {
            return "ledger_receipt";
        }

        if (filter.Customer is not null)
        {
            return "ledger_line";
        }

        var isNarrow = filter is { FromSeconds: { } from, ToSeconds: { } to } && to - from <= SecondsPerDay;
        return isNarrow ? "ledger_hour" : "ledger_product";
    }

    private static void BindText(SqliteStatement select, int parameter, string? value)
    {
        if (value is not null)
        {
            select.Bind(parameter, value);
        }
    }

    private static void BindNumber(SqliteStatement select, int parameter, long? value)
    {
        if (value is { } number)
        {
            select.Bind(parameter, number);
        }
    }

    private static LedgerRow Read(ProductKey product, SqliteStatement row)
    {
        var record = new UsageRecord(
            new((int)row.GetInt64(2), row.GetInt64(3)),
            new(TextOrNull(row, 8), TextOrNull(row, 9), TextOrNull(row, 10)),
            row.GetText(7),
            row.GetInt64(11),
            (int)row.GetInt64(12));
        var kind = LedgerKinds.Find(row.GetText(5))
            ?? throw new FormatException($"A line of the kind '{row.GetText(5)}' is not known.");
        var line = new LedgerLine(
            new(product, row.GetText(1)), record, kind, row.GetText(4), new(row.GetInt64(6), TimeSpan.Zero))
        {
            MeteringRecordId = TextOrNull(row, 13),
            Code = TextOrNull(row, 14),
            Message = TextOrNull(row, 15),
            RequestId = TextOrNull(row, 16),
            By = TextOrNull(row, 17),
            Reason = TextOrNull(row, 18),
        };
        return new(row.GetInt64(0), line);
    }

    private static string? TextOrNull(SqliteStatement row, int column) =>
        row.IsNull(column) ? null : row.GetText(column);
}
