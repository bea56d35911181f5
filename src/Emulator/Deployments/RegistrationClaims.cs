using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Tally.Emulator.Wire;

namespace Tally.Emulator.Deployments;

/// <summary>What <c>RegisterUsage</c> signs, as a JSON Web Token in its compact form (RFC 7515).</summary>
internal static class RegistrationClaims
{
    private const string Header = """{"alg":"PS256","typ":"JWT"}""";

    public static string Sign(RegisterUsageRequest request, ProductKey key, DateTimeOffset now, OpenPoints openPoints)
    {
        var signed = $"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(Header))}."
            + Base64Url.EncodeToString(Payload(request, now, openPoints.SignatureClaims));
        return $"{signed}.{Base64Url.EncodeToString(key.Sign(Encoding.ASCII.GetBytes(signed)))}";
    }

    private static ReadOnlySpan<byte> Payload(RegisterUsageRequest request, DateTimeOffset now, string spelling)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            if (spelling is not "PascalCase") WriteClaims(json, request, ("productCode", "publicKeyVersion", "nonce"));
            if (spelling is not "camelCase") WriteClaims(json, request, ("ProductCode", "PublicKeyVersion", "Nonce"));
            json.WriteNumber("iat", now.ToUnixTimeSeconds());
            json.WriteEndObject();
        }

        return buffer.WrittenSpan;
    }

    private static void WriteClaims(
        Utf8JsonWriter json,
        RegisterUsageRequest request,
        (string ProductCode, string Version, string Nonce) names)
    {
        json.WriteString(names.ProductCode, request.ProductCode);
        json.WriteNumber(names.Version, request.PublicKeyVersion!.Value);
        if (request.Nonce is { } nonce) json.WriteString(names.Nonce, nonce);
    }
}
