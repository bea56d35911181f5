using Npgsql;
using NpgsqlTypes;

namespace Tally.Journal.Postgres;

/// <summary>What is said to the database.</summary>
internal static class JournalStatements
{
    // The locks of this journal begin with a number of their own, so that they are nobody else's.
    private const int LockSpace = 0x54_4A;

    // In one order, shared: appends of many processes don't wait for each other, only readers for them.
    private const string Share =
        "SELECT pg_advisory_xact_lock_shared($1, partition) FROM unnest($2::integer[]) AS partition";

    private const string Wait = "SELECT pg_advisory_xact_lock($1, $2)";

    private const string Insert =
        """
        INSERT INTO usage_journal (customer, written_at, payload)
        SELECT customer, $1, payload
        FROM unnest($2::bytea[], $3::bytea[]) WITH ORDINALITY AS entry (customer, payload, place)
        ORDER BY place RETURNING position
        """;

    private const string Select =
        "SELECT position, payload FROM usage_journal WHERE customer = $1 AND position > $2 ORDER BY position";

    // Nobody covers what isn't there yet.
    private const string Cover =
        """
        INSERT INTO usage_journal_cover AS known (customer, position)
        SELECT customer, least(position, (SELECT coalesce(max(position), 0) FROM usage_journal))
        FROM unnest($1::bytea[], $2::bigint[]) AS cover (customer, position)
        ON CONFLICT (customer) DO UPDATE SET position = greatest(known.position, excluded.position)
        """;

    private const string SelectUncovered =
        """
        SELECT entry.customer FROM usage_journal entry
        LEFT JOIN usage_journal_cover cover ON cover.customer = entry.customer
        WHERE entry.position > coalesce(cover.position, 0) AND entry.written_at < $1
        GROUP BY entry.customer ORDER BY min(entry.position) LIMIT $2
        """;

    private const string Delete =
        """
        DELETE FROM usage_journal entry USING usage_journal_cover cover
        WHERE cover.customer = entry.customer AND entry.position <= cover.position AND entry.written_at < $1
        """;

    private const string Forget =
        """
        DELETE FROM usage_journal_cover cover
        WHERE NOT EXISTS (SELECT FROM usage_journal entry WHERE entry.customer = cover.customer)
        """;

    /// <summary>Appends entries in one commit and one round trip.</summary>
    /// <param name="database">Where.</param>
    /// <param name="entries">The entries.</param>
    /// <param name="now">When they are written.</param>
    /// <returns>Their positions, in their order.</returns>
    public static async Task<IReadOnlyList<long>> Append(
        NpgsqlDataSource database, IReadOnlyList<PendingEntry> entries, DateTimeOffset now)
    {
        var partitions = entries.Select(entry => entry.Partition).Distinct().Order().ToArray();
        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(Command(Share, LockSpace, partitions));
        var insert = Command(Insert, now.UtcDateTime, entries.Select(entry => entry.Customer).ToArray());
        insert.Parameters.Add(new()
        {
            Value = entries.Select(entry => entry.Payload).ToArray(),
            NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea,
        });
        batch.BatchCommands.Add(insert);
        await using var reader = await batch.ExecuteReaderAsync();
        await reader.NextResultAsync();
        var positions = new List<long>(entries.Count);
        while (await reader.ReadAsync())
        {
            positions.Add(reader.GetInt64(0));
        }

        return positions;
    }

    /// <summary>Reads a customer's entries, once those that are being appended have become visible.</summary>
    /// <param name="database">Where.</param>
    /// <param name="address">The customer, and its partition.</param>
    /// <param name="after">The position behind which.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The entries, in order of position.</returns>
    public static async Task<IReadOnlyList<JournalEntry>> Read(
        NpgsqlDataSource database,
        (byte[] Customer, int Partition) address,
        long after,
        CancellationToken cancellationToken)
    {
        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(Command(Wait, LockSpace, address.Partition));
        batch.BatchCommands.Add(Command(Select, address.Customer, after));
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        var entries = new List<JournalEntry>();
        while (await reader.ReadAsync(cancellationToken))
        {
            entries.Add(new(reader.GetInt64(0), reader.GetFieldValue<byte[]>(1)));
        }

        return entries;
    }

    /// <summary>Notes how far snapshots reach.</summary>
    /// <param name="database">Where.</param>
    /// <param name="covers">Customers and positions.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>A task that completes when it is noted.</returns>
    public static Task Note(
        NpgsqlDataSource database, IReadOnlyList<(byte[] Customer, long Position)> covers,
        CancellationToken cancellationToken) =>
        Run(
            database,
            Command(
                Cover,
                covers.Select(cover => cover.Customer).ToArray(),
                covers.Select(cover => cover.Position).ToArray()),
            cancellationToken);

    /// <summary>Lists customers with uncovered entries.</summary>
    /// <param name="database">Where.</param>
    /// <param name="writtenBefore">Only entries written before this moment count.</param>
    /// <param name="countMax">How many at most.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Their keys in UTF-8, those with the oldest entries first.</returns>
    public static async Task<IReadOnlyList<byte[]>> ListUncovered(
        NpgsqlDataSource database, DateTimeOffset writtenBefore, int countMax, CancellationToken cancellationToken)
    {
        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(Command(SelectUncovered, writtenBefore.UtcDateTime, countMax));
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        var customers = new List<byte[]>();
        while (await reader.ReadAsync(cancellationToken))
        {
            customers.Add(reader.GetFieldValue<byte[]>(0));
        }

        return customers;
    }

    /// <summary>Deletes covered entries, and then what is known of customers that have none left.</summary>
    /// <param name="database">Where.</param>
    /// <param name="writtenBefore">Only entries written before this moment.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>How many entries were deleted.</returns>
    public static async Task<int> Trim(
        NpgsqlDataSource database, DateTimeOffset writtenBefore, CancellationToken cancellationToken)
    {
        var deleted = await Run(database, Command(Delete, writtenBefore.UtcDateTime), cancellationToken);
        await Run(database, Command(Forget), cancellationToken);
        return deleted;
    }

    private static async Task<int> Run(
        NpgsqlDataSource database, NpgsqlBatchCommand command, CancellationToken cancellationToken)
    {
        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(command);
        return await batch.ExecuteNonQueryAsync(cancellationToken);
    }

    private static NpgsqlBatchCommand Command(string sql, params ReadOnlySpan<object> values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(new() { Value = value });
        }

        return command;
    }
}
