using System.Text.Json;

namespace Tally.Emulator.Wire;

/// <summary>Writes AWS JSON: what is null is left out, and every list of a result is there even when empty.</summary>
internal static partial class AwsJsonWriter
{
    public static void Write(Utf8JsonWriter json, BatchMeterUsageResult result)
    {
        json.WriteStartObject();
        json.WriteStartArray("Results");
        foreach (var item in result.Results)
        {
            json.WriteStartObject();
            WriteText(json, "MeteringRecordId", item.MeteringRecordId);
            json.WriteString("Status", item.Status);
            json.WritePropertyName("UsageRecord");
            Write(json, item.UsageRecord);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("UnprocessedRecords");
        foreach (var record in result.UnprocessedRecords)
            Write(json, record);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, Catalogue.RegisteredCustomer customer)
    {
        json.WriteStartObject();
        WriteText(json, "CustomerAWSAccountId", customer.CustomerAWSAccountId);
        WriteText(json, "CustomerIdentifier", customer.CustomerIdentifier);
        WriteText(json, "LicenseArn", customer.LicenseArn);
        if (customer.AgreementId is { } agreement)
        {
            json.WriteStartObject("Metadata");
            json.WriteString("AgreementId", agreement);
            json.WriteEndObject();
        }

        json.WriteString("ProductCode", customer.ProductCode);
        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, Rules.ServiceError error)
    {
        json.WriteStartObject();
        json.WriteString("__type", error.Code);
        json.WriteString("message", error.Message);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, UsageRecord record)
    {
        json.WriteStartObject();
        WriteText(json, "CustomerAWSAccountId", record.CustomerAWSAccountId);
        WriteText(json, "CustomerIdentifier", record.CustomerIdentifier);
        WriteText(json, "Dimension", record.Dimension);
        WriteText(json, "LicenseArn", record.LicenseArn);
        if (record.Quantity is { } quantity) json.WriteNumber("Quantity", quantity);
        if (record.Timestamp is { } timestamp) json.WriteNumber("Timestamp", timestamp);
        if (record.UsageAllocations is { } allocations) Write(json, allocations);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, IEnumerable<UsageAllocation> allocations)
    {
        json.WriteStartArray("UsageAllocations");
        foreach (var allocation in allocations)
        {
            json.WriteStartObject();
            json.WriteNumber("AllocatedUsageQuantity", allocation.AllocatedUsageQuantity ?? 0);
            if (allocation.Tags is { } tags)
            {
                json.WriteStartArray("Tags");
                foreach (var tag in tags)
                {
                    json.WriteStartObject();
                    WriteText(json, "Key", tag.Key);
                    WriteText(json, "Value", tag.Value);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteText(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null) json.WriteString(name, value);
    }
}
