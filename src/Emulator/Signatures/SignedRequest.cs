using System.Text;
using Microsoft.AspNetCore.Http.Features;

namespace Tally.Emulator.Signatures;

/// <summary>What of a request a signature covers; path and query as they were sent, not decoded.</summary>
internal sealed record SignedRequest(string Method, string Path, string Query, ReadOnlyMemory<byte> Body)
{
    /// <summary>The header's values in their order; none when it isn't there. Names in any case.</summary>
    public required Func<string, IReadOnlyList<string>> Header { get; init; }

    public static SignedRequest Of(HttpRequest request, ReadOnlyMemory<byte> body)
    {
        var target = request.HttpContext.Features.Get<IHttpRequestFeature>()?.RawTarget;
        if (target is null || !target.StartsWith('/'))
            target = (request.PathBase + request.Path).ToUriComponent() + request.QueryString.ToUriComponent();
        var (path, query) = target.Split('?', 2) is [var before, var after] ? (before, after) : (target, string.Empty);
        return new(request.Method, path, query, body)
        {
            Header = name => string.Equals(name, "host", StringComparison.OrdinalIgnoreCase)
                ? [request.Host.Value ?? string.Empty]
                : [.. request.Headers[name].Select(value => value ?? string.Empty)],
        };
    }

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

    /// <summary>
    /// Without what a path can do without, and encoded once more than it was sent, as all services but S3 have it.
    /// </summary>
    private string CanonicalPath()
    {
        var kept = new List<string>();
        foreach (var segment in Path.Split('/'))
        {
            if (segment is "..")
            {
                if (kept.Count > 0) kept.RemoveAt(kept.Count - 1);
            }
            else if (segment is not ("" or "."))
            {
                kept.Add(Uri.EscapeDataString(segment));
            }
        }

        var end = kept.Count > 0 && Path.EndsWith('/') ? "/" : string.Empty;
        return $"/{string.Join('/', kept)}{end}";
    }

    /// <summary>By name and then by value: a name comes before a longer one that begins alike.</summary>
    private string CanonicalQuery() => string.Join(
        '&',
        Query.Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.Split('=', 2))
            .Select(parts => (Name: Encoded(parts[0]), Value: parts.Length == 2 ? Encoded(parts[1]) : string.Empty))
            .OrderBy(pair => pair.Name, StringComparer.Ordinal)
            .ThenBy(pair => pair.Value, StringComparer.Ordinal)
            .Select(pair => $"{pair.Name}={pair.Value}"));

    private static string Encoded(string text) => Uri.EscapeDataString(Uri.UnescapeDataString(text));
}
