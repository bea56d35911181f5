using System.Text.Json;
using Microsoft.Data.Sqlite;
using Tally.Emulator.Rules;

namespace Tally.Emulator.State.Sqlite;

/// <summary>The statements of the hot path, prepared once for the writer's connection.</summary>
internal sealed class RecordStatements : IDisposable
{
    private const string Columns =
        "seller, region, product, customer_key, dimension, bucket_seconds, "
        + "identifier, account, license, resource, timestamp_ticks, quantity, record_id, allocations";
    private const int ColumnCount = 14;
    private const int KeyColumnCount = 6;
    private readonly SqliteCommand _insert;
    private readonly SqliteCommand _find;

    public RecordStatements(SqliteConnection connection)
    {
        _insert = connection.Command(
            $"""
            INSERT INTO records({Columns})
            VALUES($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) ON CONFLICT DO NOTHING
            """);
        _find = connection.Command(
            $"""
            SELECT {Columns} FROM records
            WHERE seller = $1 AND region = $2 AND product = $3
              AND customer_key = $4 AND dimension = $5 AND bucket_seconds = $6
            """);
        for (var place = 1; place <= ColumnCount; place++)
            _ = _insert.Parameters.AddWithValue($"${place}", DBNull.Value);
        for (var place = 1; place <= KeyColumnCount; place++)
            _ = _find.Parameters.AddWithValue($"${place}", DBNull.Value);
        _insert.Prepare();
        _find.Prepare();
    }

    /// <summary>Stores the record unless the key is taken; returns what is stored under the key.</summary>
    public MeteredRecord Add(StoredUsage usage)
    {
        var (key, record) = usage;
        Set(
            _insert,
            key.AccountId,
            key.Region,
            key.ProductCode,
            key.Customer,
            key.Dimension,
            key.Bucket,
            record.CustomerIdentifier,
            record.CustomerAWSAccountId,
            record.LicenseArn,
            record.ResourceId,
            record.Timestamp.UtcTicks,
            record.Quantity,
            record.MeteringRecordId,
            TextOf(record.UsageAllocations));
        if (_insert.ExecuteNonQuery() > 0) return record;
        Set(_find, key.AccountId, key.Region, key.ProductCode, key.Customer, key.Dimension, key.Bucket);
        using var reader = _find.ExecuteReader();
        return reader.Read() ? Read(reader).Record : throw new InvalidOperationException($"No record under {key}.");
    }

    /// <summary>A command that reads the records a filter admits, in the order in which they came.</summary>
    public static SqliteCommand List(SqliteConnection connection, RecordFilter filter) => connection.Command(
        $"""
        SELECT {Columns} FROM records
        WHERE ($product IS NULL OR product = $product)
          AND ($customer IS NULL OR identifier = $customer OR account = $customer)
          AND ($seller IS NULL OR seller = $seller)
          AND ($region IS NULL OR region = $region)
        ORDER BY place
        """,
        ("$product", filter.ProductCode),
        ("$customer", filter.Customer),
        ("$seller", filter.AccountId),
        ("$region", filter.Region));

    /// <summary>The record in the reader's current row, and its key.</summary>
    public static StoredUsage Read(SqliteDataReader reader)
    {
        var key = new UsageKey(
            reader.GetString(0),
            reader.GetString(1),
            reader.GetString(2),
            reader.GetString(3),
            reader.GetString(4),
            reader.GetInt64(5));
        return new StoredUsage(key, new MeteredRecord
        {
            AccountId = key.AccountId,
            Region = key.Region,
            ProductCode = key.ProductCode,
            CustomerIdentifier = reader.TextOrNull(6),
            CustomerAWSAccountId = reader.TextOrNull(7),
            LicenseArn = reader.TextOrNull(8),
            ResourceId = reader.TextOrNull(9),
            Dimension = key.Dimension,
            Timestamp = new DateTimeOffset(reader.GetInt64(10), TimeSpan.Zero),
            Quantity = reader.GetInt32(11),
            MeteringRecordId = reader.GetString(12),
            UsageAllocations = reader.TextOrNull(13) is { } text
                ? JsonSerializer.Deserialize(text, StateJson.Default.IReadOnlyListMeteredAllocation)
                : null,
        });
    }

    public void Dispose()
    {
        _insert.Dispose();
        _find.Dispose();
    }

    private static string? TextOf(IReadOnlyList<MeteredAllocation>? allocations) => allocations is null
        ? null
        : JsonSerializer.Serialize(allocations, StateJson.Default.IReadOnlyListMeteredAllocation);

    private static void Set(SqliteCommand command, params ReadOnlySpan<object?> values)
    {
        for (var place = 0; place < values.Length; place++)
            command.Parameters[place].Value = values[place] ?? DBNull.Value;
    }
}
