using System.Text.Json;

namespace Tally.Emulator.Wire;

/// <summary>
/// Reads AWS JSON: members by their exact names, null as absent, unknown members ignored, nothing converted.
/// </summary>
internal static partial class AwsJsonReader
{
    /// <exception cref="AwsJsonException">A member has another type than the model says.</exception>
    public static BatchMeterUsageRequest BatchMeterUsage(JsonElement body) =>
        new(Text(body, "ProductCode"), Items(body, "UsageRecords", Record));

    /// <exception cref="AwsJsonException">A member has another type than the model says.</exception>
    public static ResolveCustomerRequest ResolveCustomer(JsonElement body) => new(Text(body, "RegistrationToken"));

    /// <summary>Reads a whole body.</summary>
    /// <exception cref="AwsJsonException">It is no JSON object.</exception>
    public static JsonDocument Parse(ReadOnlyMemory<byte> body)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(body);
        }
        catch (JsonException broken)
        {
            throw new AwsJsonException($"The request body is not JSON: {broken.Message}");
        }

        if (document.RootElement.ValueKind is JsonValueKind.Object) return document;
        document.Dispose();
        throw new AwsJsonException("The request body must be a JSON object.");
    }

    private static UsageRecord Record(JsonElement item) => new()
    {
        Timestamp = Timestamp(item, "Timestamp"),
        CustomerIdentifier = Text(item, "CustomerIdentifier"),
        CustomerAWSAccountId = Text(item, "CustomerAWSAccountId"),
        LicenseArn = Text(item, "LicenseArn"),
        Dimension = Text(item, "Dimension"),
        Quantity = Integer(item, "Quantity"),
        UsageAllocations = Items(item, "UsageAllocations", Allocation),
    };

    private static UsageAllocation Allocation(JsonElement item) =>
        new(Integer(item, "AllocatedUsageQuantity"), Items(item, "Tags", OneTag));

    private static Tag OneTag(JsonElement item) => new(Text(item, "Key"), Text(item, "Value"));

    private static string? Text(JsonElement item, string name)
    {
        if (Member(item, name) is not { } value) return null;
        if (value.ValueKind is not JsonValueKind.String) throw Wrong(value, name, "a String");
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            throw new AwsJsonException($"{name}: the text is not valid Unicode.");
        }
    }

    private static int? Integer(JsonElement item, string name)
    {
        if (Member(item, name) is not { } value) return null;
        if (value.ValueKind is not JsonValueKind.Number) throw Wrong(value, name, "an Integer");
        return value.TryGetInt32(out var number)
            ? number
            : throw new AwsJsonException($"{name}: {value.GetRawText()} is no 32-bit integer.");
    }

    private static bool? Flag(JsonElement item, string name) => Member(item, name) is not { } value
        ? null
        : value.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? value.GetBoolean()
            : throw Wrong(value, name, "a Boolean");

    private static decimal? Timestamp(JsonElement item, string name)
    {
        if (Member(item, name) is not { } value) return null;
        if (value.ValueKind is not JsonValueKind.Number) throw Wrong(value, name, "a Timestamp");
        return value.TryGetDecimal(out var seconds)
            ? seconds
            : throw new AwsJsonException($"{name}: {value.GetRawText()} is no time in seconds since 1970.");
    }

    private static List<T>? Items<T>(JsonElement item, string name, Func<JsonElement, T> read)
    {
        if (Member(item, name) is not { } value) return null;
        if (value.ValueKind is not JsonValueKind.Array) throw Wrong(value, name, "a List");
        var items = new List<T>(value.GetArrayLength());
        foreach (var element in value.EnumerateArray())
        {
            if (element.ValueKind is not JsonValueKind.Object) throw Wrong(element, name, "a Structure");
            items.Add(read(element));
        }

        return items;
    }

    private static JsonElement? Member(JsonElement item, string name)
    {
        try
        {
            return item.TryGetProperty(name, out var value) && value.ValueKind is not JsonValueKind.Null ? value : null;
        }
        catch (InvalidOperationException)
        {
            throw new AwsJsonException("The name of a member is not valid Unicode."); // half a character, escaped
        }
    }

    private static AwsJsonException Wrong(JsonElement value, string name, string wanted) =>
        new($"{name}: a value of kind {value.ValueKind} can not be converted to {wanted}.");
}
