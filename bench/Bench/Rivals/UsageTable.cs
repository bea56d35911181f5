using Npgsql;
using NpgsqlTypes;

namespace Tally.Bench.Rivals;

/// <summary>Counts events once by the primary key of a table, as one would without a platform.</summary>
internal sealed class UsageTable(NpgsqlDataSource source)
{
    private const string Insert =
        """
        INSERT INTO usage_event (product, customer, event_id, dimension, quantity, time)
        SELECT * FROM unnest($1, $2, $3, $4, $5, $6)
        ON CONFLICT DO NOTHING
        """;

    /// <summary>Makes the table.</summary>
    public async Task Create()
    {
        await using var command = source.CreateCommand(
            """
            CREATE TABLE usage_event (
                product text NOT NULL, customer text NOT NULL, event_id text NOT NULL, dimension text NOT NULL,
                quantity numeric NOT NULL, time timestamptz NOT NULL,
                PRIMARY KEY (product, customer, event_id))
            """);
        _ = await command.ExecuteNonQueryAsync();
    }

    /// <summary>Returns how many of the events are new; these are durable then.</summary>
    public async Task<int> Store(EventColumns events)
    {
        await using var connection = await source.OpenConnectionAsync();
        await using var command = new NpgsqlCommand(Insert, connection);
        Add(command, NpgsqlDbType.Text, events.Products);
        Add(command, NpgsqlDbType.Text, events.Customers);
        Add(command, NpgsqlDbType.Text, events.EventIds);
        Add(command, NpgsqlDbType.Text, events.Dimensions);
        Add(command, NpgsqlDbType.Numeric, events.Quantities);
        Add(command, NpgsqlDbType.TimestampTz, events.Times);

        // Kept by the pooled connection: each plans the statement once.
        await command.PrepareAsync();
        return await command.ExecuteNonQueryAsync();
    }

    private static void Add<T>(NpgsqlCommand command, NpgsqlDbType type, List<T> values) =>
        command.Parameters.Add(new NpgsqlParameter<List<T>>
        {
            NpgsqlDbType = NpgsqlDbType.Array | type,
            TypedValue = values,
        });
}
