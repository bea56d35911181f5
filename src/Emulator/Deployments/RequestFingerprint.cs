using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Tally.Emulator.Rules;
using Tally.Emulator.State;
using Tally.Emulator.Wire;

namespace Tally.Emulator.Deployments;

/// <summary>
/// Two requests have the same one when all their parameters are the same, but for the token itself. A quantity that is
/// left out is 0; the same moment may be written with a fraction or without.
/// </summary>
internal static class RequestFingerprint
{
    public static string Of(MeterUsageRequest request)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartArray();
            json.WriteStringValue(request.ProductCode);
            json.WriteStringValue(request.Timestamp?.ToString("G29", CultureInfo.InvariantCulture));
            json.WriteStringValue(request.UsageDimension);
            json.WriteNumberValue(request.UsageQuantity ?? 0);
            JsonSerializer.Serialize(
                json,
                Allocations.Stored(request.UsageAllocations) ?? [],
                StateJson.Default.IReadOnlyListMeteredAllocation);
            json.WriteEndArray();
        }

        return Convert.ToHexStringLower(SHA256.HashData(buffer.WrittenSpan));
    }
}
