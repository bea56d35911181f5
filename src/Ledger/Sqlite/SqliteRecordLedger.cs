using Microsoft.Data.Sqlite;
using Tally.Contracts.Ledger;
using Tally.Domain.Ledger;
using Tally.Journal;
using Tally.Journal.Sqlite;

namespace Tally.Ledger.Sqlite;

/// <summary>
/// The ledger in the embedded database. Its lines join the commits of journal and snapshots, so that they cost no
/// flush of their own.
/// </summary>
/// <param name="database">Where to store.</param>
public sealed class SqliteRecordLedger(SqliteDatabase database) : IRecordLedger
{
    // What a line takes besides its texts: numbers, and its entries in the indexes.
    private const int BytesPerLine = 512;

    private const string Insert =
        """
        INSERT INTO ledger (
            tenant, product, customer, ordinal, hour_start, line, kind, at_ticks, dimension, customer_identifier,
            aws_account_id, license_arn, timestamp, quantity, metering_record_id, code, message, request_id,
            acted_by, reason)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20)
        ON CONFLICT DO NOTHING
        """;

    private readonly Lock _lock = new();
    private Task _prepared = Task.FromException(new LedgerUnavailableException());

    /// <inheritdoc />
    public async Task AppendAsync(IReadOnlyList<LedgerLine> lines, CancellationToken cancellationToken = default)
    {
        if (lines.Count == 0)
        {
            return;
        }

        try
        {
            await Prepared().WaitAsync(cancellationToken);
            await database.WriteAsync(session => Write(session, lines), BytesPerLine * lines.Count)
                .WaitAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is JournalException or SqliteException)
        {
            throw new LedgerUnavailableException($"Lines could not be written: {exception.Message}", exception);
        }
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<LedgerRow>> QueryAsync(
        LedgerFilter filter, long after, int countMax, CancellationToken cancellationToken = default)
    {
        try
        {
            await Prepared().WaitAsync(cancellationToken);
            return await database.ReadAsync(session => SqliteLedgerQuery.Run(session, filter, after, countMax))
                .WaitAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is JournalException or SqliteException)
        {
            throw new LedgerUnavailableException($"Lines could not be read: {exception.Message}", exception);
        }
    }

    private static int Write(SqliteSession session, IReadOnlyList<LedgerLine> lines)
    {
        foreach (var line in lines)
        {
            Write(session, line);
        }

        return lines.Count;
    }

    private static void Write(SqliteSession session, LedgerLine line)
    {
        var (record, product) = (line.Record, line.Customer.Product);
        using var insert = session.Prepare(Insert);
        insert.Bind(1, product.Tenant).Bind(2, product.Code).Bind(3, line.Customer.Customer);
        insert.Bind(4, record.Key.Ordinal).Bind(5, record.Key.HourStartSeconds).Bind(6, line.Id);
        insert.Bind(7, LedgerKinds.NameOf(line.Kind)).Bind(8, line.At.UtcTicks).Bind(9, record.Dimension);
        Bind(insert, 10, record.Identity.CustomerIdentifier);
        Bind(insert, 11, record.Identity.AwsAccountId);
        Bind(insert, 12, record.Identity.LicenseArn);
        insert.Bind(13, record.TimestampSeconds).Bind(14, record.Quantity);
        Bind(insert, 15, line.MeteringRecordId);
        Bind(insert, 16, line.Code);
        Bind(insert, 17, line.Message);
        Bind(insert, 18, line.RequestId);
        Bind(insert, 19, line.By);
        Bind(insert, 20, line.Reason);
        insert.Run();
    }

    private static void Bind(SqliteStatement insert, int parameter, string? value)
    {
        if (value is not null)
        {
            insert.Bind(parameter, value);
        }
    }

    /// <summary>Makes the table before anything else, once; where that failed, again.</summary>
    private Task Prepared()
    {
        lock (_lock)
        {
            if (_prepared.IsFaulted)
            {
                _prepared = database.WriteAsync(SqliteLedgerSchema.Prepare);
            }

            return _prepared;
        }
    }
}
