using System.Text.Json;
using System.Text.Json.Serialization;

namespace Tally.Emulator.Faults;

/// <summary>Operations as <c>true</c>, all of them, or as a list of names; <c>false</c> is none.</summary>
internal sealed class DisabledOperationsJson : JsonConverter<DisabledOperations>
{
    public override DisabledOperations? Read(
        ref Utf8JsonReader reader,
        Type typeToConvert,
        JsonSerializerOptions options)
    {
        if (reader.TokenType is JsonTokenType.True) return DisabledOperations.All;
        if (reader.TokenType is JsonTokenType.False) return null;
        if (reader.TokenType is not JsonTokenType.StartArray) throw new JsonException();
        var names = new List<string>();
        while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
        {
            if (reader.TokenType is not JsonTokenType.String) throw new JsonException();
            names.Add(reader.GetString()!);
        }

        return names.Count == 0 ? null : new DisabledOperations(names);
    }

    public override void Write(Utf8JsonWriter writer, DisabledOperations value, JsonSerializerOptions options)
    {
        if (value.Names is null)
        {
            writer.WriteBooleanValue(true);
            return;
        }

        writer.WriteStartArray();
        foreach (var name in value.Names)
            writer.WriteStringValue(name);
        writer.WriteEndArray();
    }
}
