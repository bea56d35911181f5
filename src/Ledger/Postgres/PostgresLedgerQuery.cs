using System.Buffers.Binary;
using System.Text;
using Npgsql;
using Tally.Domain.Ledger;
using Tally.Ledger.Segments;

namespace Tally.Ledger.Postgres;

/// <summary>Reads lines.</summary>
/// <param name="database">Where.</param>
/// <param name="filter">Which lines.</param>
/// <param name="lines">The page that is filled.</param>
internal sealed class PostgresLedgerQuery(NpgsqlDataSource database, LedgerFilter filter, SegmentLines lines)
{
    // How much is read at once before it is looked whether the page is full.
    private const int SegmentsAtOnce = 32;
    private const int EpochsAtOnce = 128;

    /// <summary>Fills the page.</summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>A task that completes when it is full, or there are no more lines.</returns>
    public async Task Run(CancellationToken cancellationToken)
    {
        if (lines.Key is { } key)
        {
            await TakeHaving(key, cancellationToken);
            return;
        }

        long? next = lines.FirstSequence;
        while (next is { } from && !lines.IsFull)
        {
            next = await Take(" AND sequence >= ", from, cancellationToken);
        }
    }

    /// <summary>
    /// Finds the segments that have a key: by the indexes of the epochs that are over, and then one by one.
    /// </summary>
    private async Task TakeHaving(uint key, CancellationToken cancellationToken)
    {
        var first = lines.FirstSequence;
        await using var max = database.CreateCommand("SELECT coalesce(max(sequence), 0) FROM ledger");
        var open = LedgerSegment.EpochOf((long)(await max.ExecuteScalarAsync(cancellationToken))!);
        for (var epoch = LedgerSegment.EpochOf(first); epoch < open && !lines.IsFull; epoch += EpochsAtOnce)
        {
            var end = Math.Min(open, epoch + EpochsAtOnce);
            await TakeAll(await Indexed(key, (epoch, end), cancellationToken), cancellationToken);
        }

        if (!lines.IsFull)
        {
            var from = Math.Max(first, open * LedgerSegment.EpochLength);
            await TakeAll(await Unindexed(key, from, cancellationToken), cancellationToken);
        }
    }

    private async Task<List<long>> Indexed(uint key, (long From, long To) epochs, CancellationToken cancellationToken)
    {
        await using var select = database.CreateCommand(
            "SELECT epoch, entries FROM ledger_key WHERE bucket = $1 AND epoch >= $2 AND epoch < $3 ORDER BY epoch");
        select.Parameters.Add(new() { Value = SegmentKeys.BucketOf(key) });
        select.Parameters.Add(new() { Value = epochs.From });
        select.Parameters.Add(new() { Value = epochs.To });
        await using var reader = await select.ExecuteReaderAsync(cancellationToken);
        var found = new List<long>();
        while (await reader.ReadAsync(cancellationToken))
        {
            found.AddRange(EpochIndex.Find(reader.GetInt64(0), reader.GetFieldValue<byte[]>(1), key));
        }

        return found;
    }

    private async Task<List<long>> Unindexed(uint key, long from, CancellationToken cancellationToken)
    {
        // A place between two hashes may look like the one that is sought; the lines say whether they are.
        await using var select = database.CreateCommand(
            "SELECT sequence FROM ledger WHERE sequence >= $1 AND position($2 in keys) > 0 ORDER BY sequence");
        var bytes = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, key);
        select.Parameters.Add(new() { Value = from });
        select.Parameters.Add(new() { Value = bytes });
        await using var reader = await select.ExecuteReaderAsync(cancellationToken);
        var found = new List<long>();
        while (await reader.ReadAsync(cancellationToken))
        {
            found.Add(reader.GetInt64(0));
        }

        return found;
    }

    private async Task TakeAll(List<long> sequences, CancellationToken cancellationToken)
    {
        foreach (var some in sequences.Where(sequence => sequence >= lines.FirstSequence).Chunk(SegmentsAtOnce))
        {
            if (!lines.IsFull)
            {
                await Take(" AND sequence = ANY ", some, cancellationToken);
            }
        }
    }

    /// <summary>Takes lines of the product's segments.</summary>
    /// <returns>Where the next segment can be; null where there is none.</returns>
    private async Task<long?> Take(string condition, object value, CancellationToken cancellationToken)
    {
        await using var select = database.CreateCommand();
        var sql = new StringBuilder("SELECT sequence, lines, hour_start, payload FROM ledger WHERE true");
        Narrow(select, sql, " AND tenant = ", filter.Product.Tenant);
        Narrow(select, sql, " AND product = ", filter.Product.Code);
        Narrow(select, sql, condition, value);
        Narrow(select, sql, " AND hour_start >= ", filter.FromSeconds);
        Narrow(select, sql, " AND hour_start < ", filter.ToSeconds);
        Narrow(select, sql, " AND 0 <> kinds & ", filter.Kind is null ? null : lines.Kinds);
        select.CommandText = sql.Append($" ORDER BY sequence LIMIT {SegmentsAtOnce}").ToString();
        await using var reader = await select.ExecuteReaderAsync(cancellationToken);
        long? next = null;
        while (!lines.IsFull && await reader.ReadAsync(cancellationToken))
        {
            var sequence = reader.GetInt64(0);
            lines.Take(reader.GetInt64(2), sequence, reader.GetFieldValue<byte[]>(3));
            next = sequence + reader.GetInt32(1);
        }

        return next;
    }

    private static void Narrow(NpgsqlCommand select, StringBuilder sql, string condition, object? value)
    {
        if (value is not null)
        {
            select.Parameters.Add(new() { Value = value });
            sql.Append($"{condition}(${select.Parameters.Count})");
        }
    }
}
