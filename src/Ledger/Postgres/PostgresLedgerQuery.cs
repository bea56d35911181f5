using System.Text;
using Npgsql;
using Tally.Domain.Catalogue;
using Tally.Domain.Ledger;
using Tally.Domain.Sealing;

namespace Tally.Ledger.Postgres;

/// <summary>Reads lines.</summary>
internal static class PostgresLedgerQuery
{
    private const string Columns =
        """
        sequence, customer, ordinal, hour_start, line, kind, at, dimension, customer_identifier, aws_account_id,
        license_arn, timestamp_seconds, quantity, metering_record_id, code, message, request_id, acted_by, reason
        """;

    /// <summary>Reads a page.</summary>
    /// <param name="database">Where.</param>
    /// <param name="filter">Which lines.</param>
    /// <param name="page">The last line of the page before, and how many at most.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The lines.</returns>
    public static async Task<IReadOnlyList<LedgerRow>> Run(
        NpgsqlDataSource database,
        LedgerFilter filter,
        (long After, int CountMax) page,
        CancellationToken cancellationToken)
    {
        await using var select = database.CreateCommand();
        var sql = new StringBuilder($"SELECT {Columns} FROM ledger WHERE true");
        Narrow(select, sql, "tenant = ", filter.Product.Tenant);
        Narrow(select, sql, "product = ", filter.Product.Code);
        Narrow(select, sql, "sequence > ", page.After);
        Narrow(select, sql, "customer = ", filter.Customer);
        Narrow(select, sql, "ordinal = ", filter.Ordinal);
        Narrow(select, sql, "hour_start >= ", filter.FromSeconds);
        Narrow(select, sql, "hour_start < ", filter.ToSeconds);
        Narrow(select, sql, "kind = ", filter.Kind is { } kind ? LedgerKinds.NameOf(kind) : null);
        Narrow(select, sql, "metering_record_id = ", filter.MeteringRecordId);
        select.Parameters.Add(new() { Value = page.CountMax });
        select.CommandText = sql.Append($" ORDER BY sequence LIMIT ${select.Parameters.Count}").ToString();
        await using var reader = await select.ExecuteReaderAsync(cancellationToken);
        var rows = new List<LedgerRow>();
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(Read(filter.Product, reader));
        }

        return rows;
    }

    private static void Narrow(NpgsqlCommand select, StringBuilder sql, string condition, object? value)
    {
        if (value is not null)
        {
            select.Parameters.Add(new() { Value = value });
            sql.Append($" AND {condition}${select.Parameters.Count}");
        }
    }

    private static LedgerRow Read(ProductKey product, NpgsqlDataReader row)
    {
        var record = new UsageRecord(
            new(row.GetInt32(2), row.GetInt64(3)),
            new(TextOrNull(row, 8), TextOrNull(row, 9), TextOrNull(row, 10)),
            row.GetString(7),
            row.GetInt64(11),
            row.GetInt32(12));
        var kind = LedgerKinds.Find(row.GetString(5))
            ?? throw new FormatException($"A line of the kind '{row.GetString(5)}' is not known.");
        var line = new LedgerLine(
            new(product, row.GetString(1)), record, kind, row.GetString(4), new(row.GetDateTime(6), TimeSpan.Zero))
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

    private static string? TextOrNull(NpgsqlDataReader row, int column) =>
        row.IsDBNull(column) ? null : row.GetString(column);
}
