using System.Text.Json;
using Microsoft.Data.Sqlite;
using Tally.Emulator.Admin;
using Tally.Emulator.Rules;

namespace Tally.Emulator.State.Sqlite;

/// <summary>The statements of the hot path, prepared once for the writer's connection.</summary>
internal sealed class RecordStatements : IDisposable
{
    private const string Columns =
        "product, identifier, account, license, dimension, timestamp_ticks, quantity, record_id, allocations";
    private readonly SqliteCommand _insert;
    private readonly SqliteCommand _find;

    public RecordStatements(SqliteConnection connection)
    {
        _insert = connection.Command(
            $"""
            INSERT INTO records(customer_key, bucket_seconds, {Columns})
            VALUES($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT DO NOTHING
            """);
        _find = connection.Command(
            $"""
            SELECT {Columns} FROM records
            WHERE product = $1 AND customer_key = $2 AND dimension = $3 AND bucket_seconds = $4
            """);
        for (var place = 1; place <= 11; place++)
            _ = _insert.Parameters.AddWithValue($"${place}", DBNull.Value);
        for (var place = 1; place <= 4; place++)
            _ = _find.Parameters.AddWithValue($"${place}", DBNull.Value);
        _insert.Prepare();
        _find.Prepare();
    }

    /// <summary>Stores the record unless the key is taken; returns what is stored under the key.</summary>
    public MeteredRecord Add(UsageKey key, MeteredRecord record)
    {
        Set(
            _insert,
            key.Customer,
            key.Bucket,
            record.ProductCode,
            record.CustomerIdentifier,
            record.CustomerAWSAccountId,
            record.LicenseArn,
            record.Dimension,
            record.Timestamp.UtcTicks,
            record.Quantity,
            record.MeteringRecordId,
            TextOf(record.UsageAllocations));
        if (_insert.ExecuteNonQuery() > 0) return record;
        Set(_find, key.ProductCode, key.Customer, key.Dimension, key.Bucket);
        using var reader = _find.ExecuteReader();
        return reader.Read() ? Read(reader) : throw new InvalidOperationException($"No record under {key}.");
    }

    /// <summary>A command that reads the records a filter admits, in the order in which they came.</summary>
    public static SqliteCommand List(SqliteConnection connection, RecordFilter filter) => connection.Command(
        $"""
        SELECT {Columns} FROM records
        WHERE ($product IS NULL OR product = $product)
          AND ($customer IS NULL OR identifier = $customer OR account = $customer)
        ORDER BY place
        """,
        ("$product", filter.ProductCode),
        ("$customer", filter.Customer));

    /// <summary>The record in the reader's current row.</summary>
    public static MeteredRecord Read(SqliteDataReader reader) => new()
    {
        ProductCode = reader.GetString(0),
        CustomerIdentifier = reader.TextOrNull(1),
        CustomerAWSAccountId = reader.TextOrNull(2),
        LicenseArn = reader.TextOrNull(3),
        Dimension = reader.GetString(4),
        Timestamp = new DateTimeOffset(reader.GetInt64(5), TimeSpan.Zero),
        Quantity = reader.GetInt32(6),
        MeteringRecordId = reader.GetString(7),
        UsageAllocations = reader.TextOrNull(8) is { } text
            ? JsonSerializer.Deserialize(text, AdminJson.Default.IReadOnlyListMeteredAllocation)
            : null,
    };

    public void Dispose()
    {
        _insert.Dispose();
        _find.Dispose();
    }

    private static string? TextOf(IReadOnlyList<MeteredAllocation>? allocations) => allocations is null
        ? null
        : JsonSerializer.Serialize(allocations, AdminJson.Default.IReadOnlyListMeteredAllocation);

    private static void Set(SqliteCommand command, params ReadOnlySpan<object?> values)
    {
        for (var place = 0; place < values.Length; place++)
            command.Parameters[place].Value = values[place] ?? DBNull.Value;
    }
}
