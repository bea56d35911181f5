using System.Text.Json;
using Tally.Emulator.State;

namespace Tally.Emulator.Admin;

/// <summary>Writes records as a JSON array, a buffer at a time, however many there are.</summary>
internal static class RecordStream
{
    private const int BufferBytes = 64 * 1024;

    public static async Task WriteAsync(
        HttpResponse response,
        IAsyncEnumerable<StoredUsage> records,
        CancellationToken cancellationToken)
    {
        response.ContentType = "application/json";
        await using var json = new Utf8JsonWriter(response.BodyWriter);
        json.WriteStartArray();
        await foreach (var (_, record) in records.WithCancellation(cancellationToken))
        {
            Write(json, record);
            if (json.BytesPending < BufferBytes) continue;
            await json.FlushAsync(cancellationToken);
            _ = await response.BodyWriter.FlushAsync(cancellationToken);
        }

        json.WriteEndArray();
        await json.FlushAsync(cancellationToken);
    }

    private static void Write(Utf8JsonWriter json, MeteredRecord record)
    {
        json.WriteStartObject();
        json.WriteString("productCode", record.ProductCode);
        if (record.CustomerIdentifier is { } identifier) json.WriteString("customerIdentifier", identifier);
        if (record.CustomerAWSAccountId is { } account) json.WriteString("customerAWSAccountId", account);
        if (record.LicenseArn is { } arn) json.WriteString("licenseArn", arn);
        if (record.ResourceId is { } resource) json.WriteString("resourceId", resource);
        json.WriteString("dimension", record.Dimension);
        json.WriteString("timestamp", record.Timestamp.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'"));
        json.WriteNumber("quantity", record.Quantity);
        json.WriteString("meteringRecordId", record.MeteringRecordId);
        json.WriteString("accountId", record.AccountId);
        json.WriteString("region", record.Region);
        if (record.UsageAllocations is { } allocations)
        {
            json.WritePropertyName("usageAllocations");
            JsonSerializer.Serialize(json, allocations, AdminJson.Default.IReadOnlyListMeteredAllocation);
        }

        json.WriteEndObject();
    }
}
