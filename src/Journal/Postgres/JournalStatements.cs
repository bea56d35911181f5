using System.Data;
using Npgsql;
using NpgsqlTypes;
using Tally.Journal.Partitions;

namespace Tally.Journal.Postgres;

/// <summary>What is said to the database: each method is one round trip.</summary>
/// <param name="database">The database.</param>
internal sealed class JournalStatements(NpgsqlDataSource database)
{
    // The locks of this journal begin with a number of their own, so that they are nobody else's.
    private const int LockSpace = 0x54_4A;

    // In one order everywhere, so that nobody waits in a circle. Appends of many silos share, readers wait for them.
    private const string Share =
        "SELECT pg_advisory_xact_lock_shared($1, partition) FROM unnest($2::integer[]) AS partition";

    private const string Wait = "SELECT pg_advisory_xact_lock($1, partition) FROM unnest($2::integer[]) AS partition";

    private const string Insert =
        """
        INSERT INTO usage_journal (partition, kind, written_at, checksum, payload)
        SELECT partition, kind, $1, checksum, payload
        FROM unnest($2::integer[], $3::smallint[], $4::bigint[], $5::bytea[])
            AS entry (partition, kind, checksum, payload)
        RETURNING partition, number
        """;

    private const string SelectEnds =
        """
        SELECT want.partition, begin.number, coalesce(last.number, 0), news.count
        FROM unnest($1::integer[], $2::bigint[]) AS want (partition, after)
        CROSS JOIN LATERAL (SELECT coalesce(max(mark.number), 0) AS number
            FROM usage_journal_mark mark WHERE mark.partition = want.partition) begin
        CROSS JOIN LATERAL (SELECT max(found.number) AS number
            FROM usage_journal found WHERE found.partition = want.partition) last
        CROSS JOIN LATERAL (SELECT count(*) AS count
            FROM usage_journal found
            WHERE found.partition = want.partition AND found.number > greatest(want.after, begin.number)) news
        """;

    private const string SelectBetween =
        """
        SELECT row.partition, row.number, row.kind, row.checksum, row.payload
        FROM unnest($1::integer[], $2::bigint[], $3::bigint[]) AS want (partition, after, last)
        CROSS JOIN LATERAL (
            SELECT found.partition, found.number, found.kind, found.checksum, found.payload
            FROM usage_journal found
            WHERE found.partition = want.partition AND found.number > want.after AND found.number <= want.last
                AND found.number <> ALL ($4::bigint[])
            ORDER BY found.number) row
        """;

    private const string SelectRows =
        """
        SELECT found.partition, found.number, found.kind, found.checksum, found.payload
        FROM unnest($1::integer[], $2::bigint[]) AS want (partition, number)
        JOIN usage_journal found USING (partition, number)
        ORDER BY found.partition, found.number
        """;

    private const string SelectFirstSince =
        "SELECT number FROM usage_journal WHERE written_at >= $1 ORDER BY written_at, number LIMIT 1";

    private const string UpsertMarks =
        """
        INSERT INTO usage_journal_mark AS known (partition, number)
        SELECT partition, number FROM unnest($1::integer[], $2::bigint[]) AS mark (partition, number)
        ORDER BY partition
        ON CONFLICT (partition) DO UPDATE SET number = greatest(known.number, excluded.number)
        """;

    // What another silo is deleting is passed over.
    private const string DeleteUpTo =
        """
        DELETE FROM usage_journal gone USING (
            SELECT due.partition, due.number FROM unnest($1::integer[], $2::bigint[]) AS mark (partition, last)
            CROSS JOIN LATERAL (
                SELECT found.partition, found.number FROM usage_journal found
                WHERE found.partition = mark.partition AND found.number <= mark.last AND found.written_at < $3
                ORDER BY found.number LIMIT $4 FOR UPDATE SKIP LOCKED) due) due
        WHERE gone.partition = due.partition AND gone.number = due.number
        """;

    private long _roundTrips;

    /// <summary>How often the database was asked; for tests.</summary>
    public long RoundTrips => Interlocked.Read(ref _roundTrips);

    /// <summary>Stores rows in one commit, at most one a partition.</summary>
    /// <param name="rows">The rows, in order of their partitions.</param>
    /// <param name="now">When they are written.</param>
    /// <returns>Their numbers by partition.</returns>
    public async Task<IReadOnlyDictionary<int, long>> Append(IReadOnlyList<NewRow> rows, DateTimeOffset now)
    {
        var partitions = rows.Select(row => row.Partition).ToArray();
        var insert = Command(
            Insert, now.UtcDateTime, partitions, rows.Select(row => (short)row.Kind).ToArray(),
            rows.Select(row => row.Checksum).ToArray());
        insert.Parameters.Add(new()
        {
            Value = rows.Select(row => row.Payload).ToArray(),
            NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea,
        });
        var numbers = new Dictionary<int, long>(rows.Count);
        await Ask(
            [Command(Share, LockSpace, partitions), insert],
            reader => numbers.Add(reader.GetInt32(0), reader.GetInt64(1)));
        return numbers;
    }

    /// <summary>Finds out where partitions end, once whatever is being appended to them has become visible.</summary>
    /// <param name="after">Partitions, in order, and up to which row each is known.</param>
    /// <returns>Where they end.</returns>
    public async Task<IReadOnlyList<PartitionEnd>> FindEnds(IReadOnlyList<(int Partition, long After)> after)
    {
        var partitions = after.Select(each => each.Partition).ToArray();
        var ends = new List<PartitionEnd>();
        await Ask(
            [
                Command(Wait, LockSpace, partitions),
                Command(SelectEnds, partitions, after.Select(each => each.After).ToArray()),
            ],
            reader => ends.Add(new(
                reader.GetInt32(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3))));
        return ends;
    }

    /// <summary>Reads rows of partitions, in order.</summary>
    /// <param name="ranges">Behind which row to begin, and with which to end.</param>
    /// <param name="except">Rows to leave out.</param>
    /// <param name="take">Takes each row.</param>
    /// <returns>A task that completes behind the last one.</returns>
    public Task Read(
        IReadOnlyList<(int Partition, long After, long Last)> ranges, long[] except, Action<StoredRow> take) =>
        Ask(
            [
                Command(
                    SelectBetween,
                    ranges.Select(range => range.Partition).ToArray(),
                    ranges.Select(range => range.After).ToArray(),
                    ranges.Select(range => range.Last).ToArray(),
                    except),
            ],
            reader => take(RowOf(reader)));

    /// <summary>Reads some rows, in order; those that aren't there are passed over.</summary>
    /// <param name="rows">Partitions and numbers.</param>
    /// <param name="take">Takes each row.</param>
    /// <returns>A task that completes behind the last one.</returns>
    public Task Read(IReadOnlyList<(int Partition, long Number)> rows, Action<StoredRow> take) => Ask(
        [
            Command(
                SelectRows,
                rows.Select(row => row.Partition).ToArray(),
                rows.Select(row => row.Number).ToArray()),
        ],
        reader => take(RowOf(reader)));

    /// <summary>Finds the first row that was written at or after a moment.</summary>
    /// <param name="moment">The moment.</param>
    /// <returns>The row; later than every row when all were written before.</returns>
    public async Task<long> FindFirstSince(DateTimeOffset moment)
    {
        var first = long.MaxValue;
        await Ask([Command(SelectFirstSince, moment.UtcDateTime)], reader => first = reader.GetInt64(0));
        return first;
    }

    /// <summary>Stores low-water marks, as far as they are higher than those that are stored.</summary>
    /// <param name="marks">Partitions and rows.</param>
    /// <returns>A task that completes when they are stored.</returns>
    public Task StoreMarks(IReadOnlyList<(int Partition, long Row)> marks) => Ask(
        [
            Command(
                UpsertMarks,
                marks.Select(mark => mark.Partition).ToArray(),
                marks.Select(mark => mark.Row).ToArray()),
        ],
        _ => { });

    /// <summary>Deletes some rows.</summary>
    /// <param name="upTo">Partitions, and the last row to delete of each.</param>
    /// <param name="writtenBefore">Only rows that are older than this.</param>
    /// <param name="countMax">How many at most of each partition.</param>
    /// <returns>How many were deleted.</returns>
    public Task<int> Delete(
        IReadOnlyList<(int Partition, long Row)> upTo, DateTimeOffset writtenBefore, int countMax) => Ask(
        [
            Command(
                DeleteUpTo,
                upTo.Select(each => each.Partition).ToArray(),
                upTo.Select(each => each.Row).ToArray(),
                writtenBefore.UtcDateTime,
                countMax),
        ],
        _ => { });

    private static StoredRow RowOf(NpgsqlDataReader reader) => new(
        reader.GetInt32(0), reader.GetInt64(1), (RowKind)reader.GetInt16(2), reader.GetInt64(3),
        reader.GetFieldValue<byte[]>(4));

    private static NpgsqlBatchCommand Command(string sql, params ReadOnlySpan<object> values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(new() { Value = value });
        }

        return command;
    }

    /// <summary>Asks in one transaction; the last command's rows are the answer.</summary>
    private async Task<int> Ask(NpgsqlBatchCommand[] commands, Action<NpgsqlDataReader> take)
    {
        Interlocked.Increment(ref _roundTrips);
        try
        {
            await using var batch = database.CreateBatch();
            Array.ForEach(commands, batch.BatchCommands.Add);
            await using var reader = await batch.ExecuteReaderAsync();
            for (var command = 1; command < commands.Length; command++)
            {
                await reader.NextResultAsync();
            }

            while (await reader.ReadAsync())
            {
                take(reader);
            }

            await reader.CloseAsync();
            return Math.Max(reader.RecordsAffected, 0);
        }
        catch (NpgsqlException exception)
        {
            throw new JournalException($"The journal in PostgreSQL does not answer: {exception.Message}", exception);
        }
    }
}
