using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tally.Emulator.Faults;

/// <summary>Quotas as <c>"aws"</c> or as an object of operations and calls a second.</summary>
internal sealed class CallQuotasJson : JsonConverter<CallQuotas>
{
    private const string AwsName = "aws";

    public override CallQuotas Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType is JsonTokenType.String && reader.ValueTextEquals(AwsName)) return CallQuotas.Aws;
        if (reader.TokenType is not JsonTokenType.StartObject) throw new JsonException();
        var quotas = new Dictionary<string, double>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            var operation = reader.GetString()!;
            if (!reader.Read() || reader.TokenType is not JsonTokenType.Number) throw new JsonException();
            quotas[operation] = reader.GetDouble();
        }

        return new CallQuotas(quotas);
    }

    public override void Write(Utf8JsonWriter writer, CallQuotas value, JsonSerializerOptions options)
    {
        if (ReferenceEquals(value, CallQuotas.Aws))
        {
            writer.WriteStringValue(AwsName);
            return;
        }

        writer.WriteStartObject();
        foreach (var (operation, perSecond) in value.PerSecond)
            writer.WriteNumber(operation, perSecond);
        writer.WriteEndObject();
    }
}
