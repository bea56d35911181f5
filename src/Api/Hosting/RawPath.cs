using System.Collections.Frozen;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Tally.Api.Hosting;

/// <summary>
/// Reads the variable parts of a path from the request's raw target. The server's own decoded path can't tell an
/// encoded slash from text that looks like one, and it resolves segments that consist of dots.
/// </summary>
/// <param name="pattern">The route pattern.</param>
internal sealed class RawPath(string pattern)
{
    private static readonly UTF8Encoding Strict =
        new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly FrozenDictionary<string, string> None = FrozenDictionary<string, string>.Empty;

    private readonly string[] _segments = pattern.Split('/', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Finds the values of the pattern's parameters.</summary>
    /// <param name="context">The request, routed to the pattern.</param>
    /// <param name="values">The values, decoded; null when one of them is no text.</param>
    /// <returns>
    /// Whether the raw path has the pattern's form at its end; what is before it is the application's.
    /// </returns>
    public bool TryRead(HttpContext context, out IReadOnlyDictionary<string, string>? values)
    {
        values = None;
        if (!pattern.Contains('{', StringComparison.Ordinal))
        {
            return true;
        }

        var given = PathOf(context).Split('/');
        var count = given[^1].Length == 0 ? given.Length - 1 : given.Length;
        if (count < _segments.Length)
        {
            return false;
        }

        var found = new Dictionary<string, string>();
        for (var index = 0; index < _segments.Length; index++)
        {
            var wanted = _segments[index];
            var segment = given[count - _segments.Length + index];
            if (wanted[0] != '{')
            {
                if (!wanted.Equals(Decode(segment), StringComparison.OrdinalIgnoreCase))
                {
                    return false;
                }
            }
            else if (Decode(segment) is { } value)
            {
                found.Add(wanted[1..^1], value);
            }
            else
            {
                found = null;
                break;
            }
        }

        values = found;
        return true;
    }

    private static string PathOf(HttpContext context)
    {
        var target = context.Features.Get<IHttpRequestFeature>()?.RawTarget;
        if (string.IsNullOrEmpty(target))
        {
            return context.Request.Path.ToUriComponent();
        }

        // A proxy may send the absolute form.
        if (target[0] != '/' && target.IndexOf("://", StringComparison.Ordinal) is var scheme and > 0)
        {
            var slash = target.IndexOf('/', scheme + 3);
            target = slash < 0 ? "/" : target[slash..];
        }

        var query = target.IndexOf('?', StringComparison.Ordinal);
        return query < 0 ? target : target[..query];
    }

    private static string? Decode(string segment)
    {
        if (!segment.Contains('%', StringComparison.Ordinal))
        {
            return segment;
        }

        var bytes = new byte[Encoding.UTF8.GetByteCount(segment)];
        var length = 0;
        for (var index = 0; index < segment.Length; index++)
        {
            if (segment[index] != '%')
            {
                length += Encoding.UTF8.GetBytes(segment.AsSpan(index, 1), bytes.AsSpan(length));
                continue;
            }

            if (index + 2 >= segment.Length
                || !char.IsAsciiHexDigit(segment[index + 1]) || !char.IsAsciiHexDigit(segment[index + 2]))
            {
                return null;
            }

            bytes[length++] = Convert.FromHexString(segment.AsSpan(index + 1, 2))[0];
            index += 2;
        }

        try
        {
            return Strict.GetString(bytes, 0, length);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
