using System.Text;

namespace Tally.Emulator.Signatures;

/// <summary>What of a request a signature covers.</summary>
internal sealed record SignedRequest(string Method, string Path, string Query, ReadOnlyMemory<byte> Body)
{
    /// <summary>The header's values in their order; none when it isn't there. Names in any case.</summary>
    public required Func<string, IReadOnlyList<string>> Header { get; init; }

    public static SignedRequest Of(HttpRequest request, ReadOnlyMemory<byte> body) =>
        new(request.Method, request.Path.Value ?? "/", request.QueryString.Value?.TrimStart('?') ?? string.Empty, body)
        {
            Header = name => string.Equals(name, "host", StringComparison.OrdinalIgnoreCase)
                ? [request.Host.Value ?? string.Empty]
                : [.. request.Headers[name].Select(value => value ?? string.Empty)],
        };

    /// <summary>All values of a header, or null when it isn't there.</summary>
    public string? Text(string name) => Header(name) is { Count: > 0 } values ? string.Join(',', values) : null;

    /// <summary>The request in the one form that both sides agree on. Source: AWS, Signature Version 4.</summary>
    public string Canonical(IReadOnlyList<string> signedHeaders, string bodyHash)
    {
        var text = new StringBuilder(Method).Append('\n')
            .Append(CanonicalPath()).Append('\n')
            .Append(CanonicalQuery()).Append('\n');
        foreach (var name in signedHeaders)
            _ = text.Append(name).Append(':').AppendJoin(',', Header(name).Select(Folded)).Append('\n');
        return text.Append('\n').AppendJoin(';', signedHeaders).Append('\n').Append(bodyHash).ToString();
    }

    /// <summary>Blanks around a value don't count, and several in a row count as one.</summary>
    private static string Folded(string value) =>
        string.Join(' ', value.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    private string CanonicalPath() =>
        Path.Length == 0 ? "/" : string.Join('/', Path.Split('/').Select(Uri.EscapeDataString));

    private string CanonicalQuery() => string.Join(
        '&',
        Query.Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.Split('=', 2))
            .Select(parts => $"{Encoded(parts[0])}={(parts.Length == 2 ? Encoded(parts[1]) : string.Empty)}")
            .Order(StringComparer.Ordinal));

    private static string Encoded(string text) => Uri.EscapeDataString(Uri.UnescapeDataString(text));
}
