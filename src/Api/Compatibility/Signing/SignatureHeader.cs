using Tally.Api.Compatibility.Wire;

namespace Tally.Api.Compatibility.Signing;

/// <summary>
/// The parts of <c>AWS4-HMAC-SHA256 Credential=KEY/DATE/REGION/SERVICE/aws4_request, SignedHeaders=…, Signature=…</c>.
/// Source: AWS, Signature Version 4, the Authorization header.
/// </summary>
/// <param name="AccessKeyId">Whose secret signed.</param>
/// <param name="Date">The day of the key, <c>yyyyMMdd</c>.</param>
/// <param name="Scope">What the key is for: <c>DATE/REGION/SERVICE/aws4_request</c>.</param>
/// <param name="SignedHeaders">The headers that are signed, in lower case.</param>
/// <param name="Signature">64 hexadecimal digits where it is right.</param>
internal sealed record SignatureHeader(
    string AccessKeyId,
    string Date,
    string Scope,
    IReadOnlyList<string> SignedHeaders,
    string Signature)
{
    /// <summary>The one way of signing that is known here.</summary>
    public const string Algorithm = "AWS4-HMAC-SHA256";

    private const string Service = "aws-marketplace";
    private const string Terminator = "aws4_request";

    /// <summary>The region that the key is for.</summary>
    public string Region => Scope.Split('/')[1];

    /// <summary>Reads the header.</summary>
    /// <param name="text">The header's value; null when it is not there.</param>
    /// <returns>The parts, or what is wrong with it.</returns>
    public static (SignatureHeader? Header, AwsError? Error) Read(string? text)
    {
        if (string.IsNullOrEmpty(text) || !text.StartsWith("AWS4-", StringComparison.Ordinal))
        {
            return (null, new("MissingAuthenticationTokenException", "Sign the request: AWS Signature Version 4."));
        }

        if (text.Split(' ', 2) is not [Algorithm, var rest])
        {
            return (null, Incomplete($"The algorithm must be {Algorithm}."));
        }

        var parts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in rest.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (pair.Split('=', 2) is not [var name, var value] || !parts.TryAdd(name, value))
            {
                return (null, Incomplete("The Authorization header must have each of its parts once, as key=value."));
            }
        }

        return parts.TryGetValue("Credential", out var credential)
            && parts.TryGetValue("SignedHeaders", out var headers)
            && parts.TryGetValue("Signature", out var signature)
            ? Read(credential, headers, signature)
            : (null, Incomplete("The Authorization header requires Credential, SignedHeaders and Signature."));
    }

    /// <summary>Something is missing or unreadable.</summary>
    /// <param name="message">What.</param>
    /// <returns>The error.</returns>
    public static AwsError Incomplete(string message) => new("IncompleteSignatureException", message);

    private static (SignatureHeader? Header, AwsError? Error) Read(string credential, string headers, string signature)
    {
        if (credential.Split('/') is not [var key, var date, var region, var service, var terminator])
        {
            return (null, Incomplete("The credential must be KEY/DATE/REGION/SERVICE/aws4_request."));
        }

        if (region.Length == 0 || service != Service || terminator != Terminator)
        {
            return (null, new(
                "InvalidSignatureException",
                $"Credential should be scoped to a region, the service '{Service}' and '{Terminator}'."));
        }

        return (new(key, date, $"{date}/{region}/{service}/{terminator}", headers.Split(';'), signature), null);
    }
}
