using Npgsql;
using NpgsqlTypes;
using Tally.Domain.Ledger;
using Tally.Ledger.Segments;

namespace Tally.Ledger.Postgres;

/// <summary>
/// Writes lines as segments, each time in one transaction. Other processes write, too, each in its turn; what they
/// wrote of the same hours is read in every turn before anything is written. Not for concurrent use.
/// </summary>
/// <param name="database">Where.</param>
internal sealed class PostgresSegments(NpgsqlDataSource database)
{
    private readonly KnownLines _known = new();

    /// <summary>Writes those lines that the ledger doesn't have.</summary>
    /// <param name="lines">The lines.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>A task that completes when they are durable.</returns>
    public async Task Write(IReadOnlyList<LedgerLine> lines, CancellationToken cancellationToken)
    {
        var isWritten = false;
        try
        {
            await using var connection = await database.OpenConnectionAsync(cancellationToken);
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            var groups = SegmentPlan.Group(lines);
            var (last, next) = await TakeTurn(connection, [.. groups.Keys], cancellationToken);
            var plan = new SegmentPlan(next);
            var segments = new List<LedgerSegment>();
            foreach (var (hour, group) in groups)
            {
                var known = _known.Find(hour)!;
                segments.AddRange(plan.Cut(hour, group, known));
                known.Through = plan.Next;
            }

            await Insert(connection, last, segments, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            isWritten = true;
        }
        finally
        {
            if (!isWritten)
            {
                _known.Clear();
            }

            _known.Trim();
        }
    }

    /// <summary>
    /// Waits until it is this process's turn to write, which ends with the transaction, and reads what others wrote.
    /// </summary>
    /// <returns>The last segment, 0 for none, and the first sequence behind it.</returns>
    private async Task<(long Last, long Next)> TakeTurn(
        NpgsqlConnection connection, HourKey[] keys, CancellationToken cancellationToken)
    {
        var hours = Array.ConvertAll(keys, key => _known.Find(key) ?? _known.Begin(key));
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(new("SELECT pg_advisory_xact_lock(hashtextextended('ledger', 0))"));
        batch.BatchCommands.Add(new("SELECT sequence, lines FROM ledger ORDER BY sequence DESC LIMIT 1"));
        var known = new NpgsqlBatchCommand(
            """
            SELECT asked.place, ledger.known
            FROM unnest($1, $2, $3, $4) WITH ORDINALITY AS asked (tenant, product, hour_start, since, place)
            JOIN ledger USING (tenant, product, hour_start)
            WHERE ledger.sequence >= asked.since
            """);
        Add(known, NpgsqlDbType.Text, Array.ConvertAll(keys, key => key.Product.Tenant));
        Add(known, NpgsqlDbType.Text, Array.ConvertAll(keys, key => key.Product.Code));
        Add(known, NpgsqlDbType.Bigint, Array.ConvertAll(keys, key => key.StartSeconds));
        Add(known, NpgsqlDbType.Bigint, Array.ConvertAll(hours, hour => hour.Through));
        batch.BatchCommands.Add(known);
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        var end = await reader.ReadAsync(cancellationToken)
            ? (reader.GetInt64(0), reader.GetInt64(0) + reader.GetInt32(1))
            : (0, 1);
        await reader.NextResultAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            hours[reader.GetInt64(0) - 1].Add(reader.GetFieldValue<byte[]>(1));
        }

        return end;
    }

    /// <summary>Adds segments, and the index of an epoch before the first segment of a later one.</summary>
    private static async Task Insert(
        NpgsqlConnection connection, long last, List<LedgerSegment> segments, CancellationToken cancellationToken)
    {
        foreach (var epoch in segments.GroupBy(segment => LedgerSegment.EpochOf(segment.Sequence)))
        {
            if (last > 0 && LedgerSegment.EpochOf(last) is var open && open < epoch.Key)
            {
                await Close(connection, open, cancellationToken);
            }

            await Insert(connection, [.. epoch], cancellationToken);
            last = epoch.Last().Sequence;
        }
    }

    private static async Task Insert(
        NpgsqlConnection connection, LedgerSegment[] segments, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection);
        var insert = new NpgsqlBatchCommand(
            """
            INSERT INTO ledger (sequence, tenant, product, hour_start, lines, kinds, keys, known, payload)
            SELECT * FROM unnest($1, $2, $3, $4, $5, $6, $7, $8, $9)
            """);
        Add(insert, NpgsqlDbType.Bigint, Array.ConvertAll(segments, segment => segment.Sequence));
        Add(insert, NpgsqlDbType.Text, Array.ConvertAll(segments, segment => segment.Hour.Product.Tenant));
        Add(insert, NpgsqlDbType.Text, Array.ConvertAll(segments, segment => segment.Hour.Product.Code));
        Add(insert, NpgsqlDbType.Bigint, Array.ConvertAll(segments, segment => segment.Hour.StartSeconds));
        Add(insert, NpgsqlDbType.Integer, Array.ConvertAll(segments, segment => segment.Count));
        Add(insert, NpgsqlDbType.Integer, Array.ConvertAll(segments, segment => segment.Kinds));
        Add(insert, NpgsqlDbType.Bytea, Array.ConvertAll(segments, segment => segment.Keys));
        Add(insert, NpgsqlDbType.Bytea, Array.ConvertAll(segments, segment => segment.Known));
        Add(insert, NpgsqlDbType.Bytea, Array.ConvertAll(segments, segment => segment.Payload));
        batch.BatchCommands.Add(insert);
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task Close(NpgsqlConnection connection, long epoch, CancellationToken cancellationToken)
    {
        var index = new EpochIndex();
        await using (var select = new NpgsqlCommand(
            "SELECT sequence, keys FROM ledger WHERE sequence >= $1 ORDER BY sequence", connection))
        {
            select.Parameters.Add(new() { Value = epoch * LedgerSegment.EpochLength });
            await using var reader = await select.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                index.Add(reader.GetInt64(0), reader.GetFieldValue<byte[]>(1));
            }
        }

        await using var batch = new NpgsqlBatch(connection);
        var insert = new NpgsqlBatchCommand(
            """
            INSERT INTO ledger_key (epoch, bucket, entries)
            SELECT $1, place - 1, entries FROM unnest($2) WITH ORDINALITY AS rows (entries, place)
            """);
        insert.Parameters.Add(new() { Value = epoch });
        Add(insert, NpgsqlDbType.Bytea, [.. index.Rows]);
        batch.BatchCommands.Add(insert);
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    private static void Add<T>(NpgsqlBatchCommand command, NpgsqlDbType type, T[] values) =>
        command.Parameters.Add(new NpgsqlParameter<T[]>
        {
            TypedValue = values,
            NpgsqlDbType = NpgsqlDbType.Array | type,
        });
}
