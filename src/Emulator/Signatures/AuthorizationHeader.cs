using Tally.Emulator.Rules;

namespace Tally.Emulator.Signatures;

/// <summary>
/// The parts of <c>AWS4-HMAC-SHA256 Credential=KEY/DATE/REGION/SERVICE/aws4_request, SignedHeaders=…, Signature=…</c>.
/// </summary>
internal sealed record AuthorizationHeader
{
    public const string Algorithm = "AWS4-HMAC-SHA256";
    private const string AnyVersion4 = "AWS4-";
    private const string CredentialName = "Credential";
    private const string SignatureName = "Signature";
    private const string SignedHeadersName = "SignedHeaders";

    /// <summary>Not yet taken apart, as other mistakes come first.</summary>
    public required string Credential { get; init; }

    /// <summary>Names in lower case, in the order of the header.</summary>
    public required IReadOnlyList<string> SignedHeaders { get; init; }

    /// <summary>64 hexadecimal digits when it is right.</summary>
    public required string Signature { get; init; }

    /// <summary>Reads the header's value; the error says all that is missing at once, in AWS's words.</summary>
    /// <param name="text">The header's value; null: there is none.</param>
    /// <param name="hasDate">Whether the request says when it was signed, which AWS complains of together.</param>
    public static (ServiceError? Error, AuthorizationHeader? Header) Read(string? text, bool hasDate)
    {
        if (text is null || !text.StartsWith(AnyVersion4, StringComparison.Ordinal))
            return (new("MissingAuthenticationTokenException", "Missing Authentication Token"), null);
        var (algorithm, pairs) = Split(text);
        if (!string.Equals(algorithm, Algorithm, StringComparison.Ordinal))
            return (Incomplete($"Unsupported AWS 'algorithm': '{algorithm}' (only {Algorithm} for now). "), null);
        if (Pairs(pairs).FirstOrDefault(pair => !pair.Contains('=', StringComparison.Ordinal)) is { } bare)
        {
            return (Incomplete(
                $"'{bare}' not a valid key=value pair (missing equal-sign) in Authorization header: '{text}'."), null);
        }

        var parts = Parts(pairs);
        var missing = string.Concat(
            ((string[])[CredentialName, SignatureName, SignedHeadersName])
                .Where(name => !Has(parts, name))
                .Select(name => $"Authorization header requires '{name}' parameter. "));
        if (!hasDate)
        {
            missing +=
                "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. ";
        }

        return missing.Length > 0
            ? (Incomplete($"{missing}Authorization={text}"), null)
            : (null, new AuthorizationHeader
            {
                Credential = parts[CredentialName],
                SignedHeaders = parts[SignedHeadersName].ToLowerInvariant().Split(';'),
                Signature = parts[SignatureName],
            });
    }

    /// <summary>The credential of a header that need not be right otherwise; null when none can be read.</summary>
    public static Credential? CredentialOf(string? text) =>
        text is not null && text.StartsWith(AnyVersion4, StringComparison.Ordinal)
        && Parts(Split(text).Pairs).TryGetValue(CredentialName, out var credential)
            ? Signatures.Credential.Read(credential)
            : null;

    public static ServiceError Incomplete(string message) => new("IncompleteSignatureException", message);

    private static (string Algorithm, string Pairs) Split(string text) =>
        text.Split(' ', 2) is [var algorithm, var pairs] ? (algorithm, pairs) : (text, string.Empty);

    /// <summary>An empty list of headers is there; what it lacks is told later.</summary>
    private static bool Has(Dictionary<string, string> parts, string name) =>
        parts.TryGetValue(name, out var value) && (value.Length > 0 || name is SignedHeadersName);

    private static string[] Pairs(string text) =>
        text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Of a name that comes twice, the last counts.</summary>
    private static Dictionary<string, string> Parts(string text)
    {
        var parts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in Pairs(text))
        {
            if (pair.Split('=', 2) is [var name, var value]) parts[name] = value;
        }

        return parts;
    }
}
