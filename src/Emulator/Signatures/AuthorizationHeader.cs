using Tally.Emulator.Rules;

namespace Tally.Emulator.Signatures;

/// <summary>
/// The parts of <c>AWS4-HMAC-SHA256 Credential=KEY/DATE/REGION/SERVICE/aws4_request, SignedHeaders=…, Signature=…</c>.
/// </summary>
internal sealed record AuthorizationHeader
{
    public const string Algorithm = "AWS4-HMAC-SHA256";

    public required string AccessKeyId { get; init; }

    /// <summary>The day of the key, <c>yyyyMMdd</c>.</summary>
    public required string Date { get; init; }

    public required string Region { get; init; }

    public required string Service { get; init; }

    /// <summary>What ends the scope; <c>aws4_request</c> is right.</summary>
    public required string Terminator { get; init; }

    public required IReadOnlyList<string> SignedHeaders { get; init; }

    /// <summary>64 hexadecimal digits when it is right.</summary>
    public required string Signature { get; init; }

    public string Scope => $"{Date}/{Region}/{Service}/{Terminator}";

    /// <summary>Reads the header's value; the error says which parts are missing, in AWS's words.</summary>
    public static (ServiceError? Error, AuthorizationHeader? Header) Read(string text)
    {
        var start = text.IndexOf(' ', StringComparison.Ordinal);
        if (start < 0 || !text.AsSpan(0, start).SequenceEqual(Algorithm))
            return (Incomplete($"Authorization header must start with '{Algorithm}'.", text), null);
        var parts = Parts(text[start..]);
        var missing = string.Concat(
            ((string[])["Credential", "Signature", "SignedHeaders"])
                .Where(name => string.IsNullOrEmpty(parts.GetValueOrDefault(name)))
                .Select(name => $"Authorization header requires '{name}' parameter. "));
        if (missing.Length > 0) return (Incomplete(missing.TrimEnd(), text), null);
        // The access key is in front, and the scope is counted from the end, as a key id might hold a slash.
        if (parts["Credential"].Split('/') is not [.. var key, var date, var region, var service, var end]
            || key.Length == 0)
        {
            return (Incomplete(
                "Credential must have exactly 5 slash-delimited elements, e.g. "
                + $"keyid/date/region/service/term, got '{parts["Credential"]}'.",
                text), null);
        }

        return (null, new AuthorizationHeader
        {
            AccessKeyId = string.Join('/', key),
            Date = date,
            Region = region,
            Service = service,
            Terminator = end,
            SignedHeaders = parts["SignedHeaders"].Split(';'),
            Signature = parts["Signature"],
        });
    }

    private static Dictionary<string, string> Parts(string text)
    {
        var parts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            if (part.Split('=', 2) is [var name, var value]) parts[name] = value;
        }

        return parts;
    }

    private static ServiceError Incomplete(string reason, string text) =>
        new("IncompleteSignatureException", $"{reason} Authorization={text}");
}
