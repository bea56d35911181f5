using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;

namespace Tally.Domain.Entitlement;

/// <summary>Checks the signature that RegisterUsage answers with.</summary>
/// <remarks>
/// A JSON web signature in compact form (RFC 7515), by RSASSA-PSS with SHA-256 (PS256, RFC 7518, section 3.5). No other
/// algorithm is ever tried, whatever the signature says of itself. AWS's own sample code reads the claims
/// <c>productCode</c>, <c>nonce</c> and <c>publicKeyVersion</c>; the documentation spells them with a capital, so both
/// are understood.
/// </remarks>
public static class RegistrationSignature
{
    /// <summary>The longest signature that is looked at, in characters; AWS's have about a thousand.</summary>
    public const int LengthMax = 16_384;

    /// <summary>The shortest key that is taken, in bits; AWS's sample key has that many.</summary>
    public const int KeyBitsMin = 1_024;

    private const string Algorithm = "PS256";
    private static readonly JsonDocumentOptions Strictly = new() { AllowDuplicateProperties = false, MaxDepth = 8 };

    /// <summary>Says whether a text is a public key that can confirm signatures.</summary>
    /// <param name="pem">The text: an RSA SubjectPublicKeyInfo in PEM, as AWS Marketplace gives it out.</param>
    /// <returns>Whether it is.</returns>
    public static bool IsPublicKey(string pem)
    {
        using var rsa = Open(pem);
        return rsa is not null;
    }

    /// <summary>Verifies that AWS signed what was asked for.</summary>
    /// <param name="signature">What RegisterUsage answered; null for nothing.</param>
    /// <param name="publicKeyPem">The product's public key; see <see cref="IsPublicKey"/>.</param>
    /// <param name="expected">What has to be signed.</param>
    /// <returns>What is wrong with it.</returns>
    /// <exception cref="ArgumentException">The public key is none.</exception>
    public static SignatureFault Check(string? signature, string publicKeyPem, RegistrationClaim expected)
    {
        using var rsa = Open(publicKeyPem) ?? throw new ArgumentException("No RSA public key.", nameof(publicKeyPem));
        if (signature?.Length is null or > LengthMax
            || signature.Split('.') is not [var header, var payload, var proof]
            || Decode(header) is not { } headerBytes
            || Decode(payload) is not { } payloadBytes
            || Decode(proof) is not { } proofBytes)
        {
            return SignatureFault.Malformed;
        }

        using var headerJson = Parse(headerBytes);
        if (headerJson is null)
        {
            return SignatureFault.Malformed;
        }

        if (Text(headerJson.RootElement, "alg") != Algorithm || headerJson.RootElement.TryGetProperty("crit", out _))
        {
            return SignatureFault.WrongAlgorithm;
        }

        var signed = System.Text.Encoding.ASCII.GetBytes($"{header}.{payload}");
        if (!rsa.VerifyData(signed, proofBytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pss))
        {
            return SignatureFault.WrongSignature;
        }

        using var claims = Parse(payloadBytes);
        return claims is null ? SignatureFault.Malformed : Compare(claims.RootElement, expected);
    }

    private static SignatureFault Compare(JsonElement claims, RegistrationClaim expected)
    {
        if (Claim(claims, "productCode", "ProductCode") != expected.ProductCode)
        {
            return SignatureFault.WrongProduct;
        }

        var version = expected.PublicKeyVersion.ToString(CultureInfo.InvariantCulture);
        if (Claim(claims, "publicKeyVersion", "PublicKeyVersion") != version)
        {
            return SignatureFault.WrongKeyVersion;
        }

        return Claim(claims, "nonce", "Nonce") == expected.Nonce ? SignatureFault.None : SignatureFault.WrongNonce;
    }

    private static string? Claim(JsonElement claims, string name, string otherName) =>
        Text(claims, name) ?? Text(claims, otherName);

    /// <summary>A member as a text; a number, as the version is one, as it is written.</summary>
    private static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out var member)
        ? member.ValueKind switch
        {
            JsonValueKind.String => member.GetString(),
            JsonValueKind.Number => member.GetRawText(),
            _ => null,
        }
        : null;

    private static byte[]? Decode(string part)
    {
        if (part.Length == 0 || part.Contains('=', StringComparison.Ordinal) || !Base64Url.IsValid(part))
        {
            return null;
        }

        var bytes = Base64Url.DecodeFromChars(part);

        // A text has one spelling: no white space, and no bits that say nothing.
        return Base64Url.EncodeToString(bytes) == part ? bytes : null;
    }

    private static JsonDocument? Parse(byte[] json)
    {
        JsonDocument? document = null;
        try
        {
            document = JsonDocument.Parse(json, Strictly);
        }
        catch (JsonException)
        {
            return null;
        }

        if (document.RootElement.ValueKind == JsonValueKind.Object)
        {
            return document;
        }

        document.Dispose();
        return null;
    }

    private static RSA? Open(string pem)
    {
        var rsa = RSA.Create();
        try
        {
            rsa.ImportFromPem(pem);
        }
        catch (Exception exception) when (exception is ArgumentException or CryptographicException)
        {
            rsa.Dispose();
            return null;
        }

        if (rsa.KeySize >= KeyBitsMin)
        {
            return rsa;
        }

        rsa.Dispose();
        return null;
    }
}
