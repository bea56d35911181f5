using Npgsql;
using NpgsqlTypes;
using Tally.Domain.Ledger;

namespace Tally.Ledger.Postgres;

/// <summary>Adds lines to the ledger in one commit and one round trip.</summary>
internal static class PostgresLedgerInsert
{
    // Two statements of one batch are one transaction. The lock makes writers take turns until their commits, so that
    // sequences become visible in their order.
    private const string TakeTurn = "SELECT pg_advisory_xact_lock(hashtextextended('ledger', 0))";

    private const string Insert =
        """
        INSERT INTO ledger (
            tenant, product, customer, ordinal, hour_start, line, kind, at, dimension, customer_identifier,
            aws_account_id, license_arn, timestamp_seconds, quantity, metering_record_id, code, message, request_id,
            acted_by, reason)
        SELECT * FROM unnest(
            $1::text[], $2::text[], $3::text[], $4::integer[], $5::bigint[], $6::text[], $7::text[],
            $8::timestamptz[], $9::text[], $10::text[], $11::text[], $12::text[], $13::bigint[], $14::integer[],
            $15::text[], $16::text[], $17::text[], $18::text[], $19::text[], $20::text[])
        ON CONFLICT DO NOTHING
        """;

    /// <summary>Adds lines.</summary>
    /// <param name="database">Where.</param>
    /// <param name="lines">The lines.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>A task that completes when they are durable.</returns>
    public static async Task Run(
        NpgsqlDataSource database, IReadOnlyList<LedgerLine> lines, CancellationToken cancellationToken)
    {
        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(new(TakeTurn));
        var insert = new NpgsqlBatchCommand(Insert);
        Add(insert, lines, line => line.Customer.Product.Tenant);
        Add(insert, lines, line => line.Customer.Product.Code);
        Add(insert, lines, line => line.Customer.Customer);
        Add(insert, lines, NpgsqlDbType.Integer, line => line.Record.Key.Ordinal);
        Add(insert, lines, NpgsqlDbType.Bigint, line => line.Record.Key.HourStartSeconds);
        Add(insert, lines, line => line.Id);
        Add(insert, lines, line => LedgerKinds.NameOf(line.Kind));
        Add(insert, lines, NpgsqlDbType.TimestampTz, line => line.At.UtcDateTime);
        Add(insert, lines, line => line.Record.Dimension);
        Add(insert, lines, line => line.Record.Identity.CustomerIdentifier);
        Add(insert, lines, line => line.Record.Identity.AwsAccountId);
        Add(insert, lines, line => line.Record.Identity.LicenseArn);
        Add(insert, lines, NpgsqlDbType.Bigint, line => line.Record.TimestampSeconds);
        Add(insert, lines, NpgsqlDbType.Integer, line => line.Record.Quantity);
        Add(insert, lines, line => line.MeteringRecordId);
        Add(insert, lines, line => line.Code);
        Add(insert, lines, line => line.Message);
        Add(insert, lines, line => line.RequestId);
        Add(insert, lines, line => line.By);
        Add(insert, lines, line => line.Reason);
        batch.BatchCommands.Add(insert);
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    // PostgreSQL's texts can't hold the character zero, which a message from outside might.
    private static void Add(
        NpgsqlBatchCommand insert, IReadOnlyList<LedgerLine> lines, Func<LedgerLine, string?> value) =>
        Add(insert, lines, NpgsqlDbType.Text, line => value(line)?.Replace('\0', '\uFFFD'));

    private static void Add<T>(
        NpgsqlBatchCommand insert, IReadOnlyList<LedgerLine> lines, NpgsqlDbType type, Func<LedgerLine, T> value)
    {
        var values = new T[lines.Count];
        for (var index = 0; index < values.Length; index++)
        {
            values[index] = value(lines[index]);
        }

        insert.Parameters.Add(new NpgsqlParameter<T[]>
        {
            TypedValue = values,
            NpgsqlDbType = NpgsqlDbType.Array | type,
        });
    }
}
