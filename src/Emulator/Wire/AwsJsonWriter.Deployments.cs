using System.Text.Json;

namespace Tally.Emulator.Wire;

// The operations that software calls in its buyer's account.
internal static partial class AwsJsonWriter
{
    public static void WriteRecordId(Utf8JsonWriter json, string meteringRecordId)
    {
        json.WriteStartObject();
        json.WriteString("MeteringRecordId", meteringRecordId);
        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, RegisterUsageResult result)
    {
        json.WriteStartObject();
        if (result.PublicKeyRotationTimestamp is { } rotated)
            json.WriteNumber("PublicKeyRotationTimestamp", rotated.ToUnixTimeMilliseconds() / 1000m);
        json.WriteString("Signature", result.Signature);
        json.WriteEndObject();
    }
}
