using Tally.Domain.Ledger;

namespace Tally.Ledger.Tests.Sqlite;

/// <summary>A file whose ledger has a row for each line, as the first version wrote it.</summary>
public sealed class SqliteOlderLedgerTests
{
    private const string Columns =
        """
        sequence, tenant, product, customer, ordinal, hour_start, line, kind, at_ticks, dimension,
        customer_identifier, aws_account_id, license_arn, timestamp, quantity, metering_record_id,
        code, message, request_id, acted_by, reason
        """;

    private static readonly string[] Statements =
    [
        $"CREATE TABLE ledger (row INTEGER PRIMARY KEY, {Columns})".Replace(
            "row INTEGER PRIMARY KEY, sequence", "sequence INTEGER PRIMARY KEY", StringComparison.Ordinal),
        "CREATE UNIQUE INDEX ledger_line ON ledger (tenant, product, customer, ordinal, hour_start, line)",
        "CREATE INDEX ledger_product ON ledger (tenant, product)",
        "CREATE INDEX ledger_hour ON ledger (tenant, product, hour_start)",
        "CREATE INDEX ledger_receipt ON ledger (metering_record_id) WHERE metering_record_id IS NOT NULL",
        "CREATE TRIGGER ledger_no_update BEFORE UPDATE ON ledger BEGIN SELECT RAISE(ABORT, 'append-only'); END",
        "CREATE TRIGGER ledger_no_delete BEFORE DELETE ON ledger BEGIN SELECT RAISE(ABORT, 'append-only'); END",
    ];

    [Fact]
    public async Task Open_OlderFile_HasItsLinesAndTakesNewOnes()
    {
        await using var store = new SqliteLedgerFixture();
        var first = Lines.Sealed();
        LedgerLine[] older =
        [
            first,
            first.Then(LedgerKind.Submitted, "submitted:1"),
            first.Then(LedgerKind.Delivered, "delivered:1", "receipt-1") with { Code = "Success", RequestId = "r" },
            Lines.Sealed("d", hour: Lines.Hour + 3_600),
        ];
        foreach (var sql in Statements.Concat(older.Select(Insert)))
        {
            Assert.Null(await store.TryExecute(sql));
        }

        await store.Reopen();
        await store.Ledger.AppendAsync([first, first.Then(LedgerKind.Parked, "parked:1")]);

        Assert.Equal(
            [.. older, first.Then(LedgerKind.Parked, "parked:1")],
            (await store.Ledger.QueryAsync(Lines.All, 0, 100)).Select(row => row.Line));
        Assert.Single(await store.Ledger.QueryAsync(Lines.All with { MeteringRecordId = "receipt-1" }, 0, 100));
        Assert.Contains("no such table", await store.TryExecute("SELECT * FROM ledger_1"), StringComparison.Ordinal);
    }

    private static string Insert(LedgerLine line)
    {
        var (record, customer) = (line.Record, line.Customer);
        return $"""
            INSERT INTO ledger ({Columns}) VALUES (
                NULL, '{customer.Product.Tenant}', '{customer.Product.Code}', '{customer.Customer}',
                {record.Key.Ordinal}, {record.Key.HourStartSeconds}, '{line.Id}', '{LedgerKinds.NameOf(line.Kind)}',
                {line.At.UtcTicks}, '{record.Dimension}', '{record.Identity.CustomerIdentifier}', NULL, NULL,
                {record.TimestampSeconds}, {record.Quantity}, {Text(line.MeteringRecordId)}, {Text(line.Code)},
                NULL, {Text(line.RequestId)}, NULL, NULL)
            """;

        static string Text(string? text) => text is null ? "NULL" : $"'{text}'";
    }
}
