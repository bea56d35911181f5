using System.Buffers;
using System.Text;

namespace Tally.Api.Events.CloudEvents;

/// <summary>What CloudEvents allow as texts, in UTF-8.</summary>
internal static class CloudText
{
    private static readonly SearchValues<byte> UriBytes = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~:/?#[]@!$&'()*+,;=%"u8);

    private static readonly SearchValues<byte> SchemeBytes = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+-."u8);

    private static readonly SearchValues<byte> TokenBytes = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$%&'*+-.^_`{|}~"u8);

    /// <summary>
    /// Whether a text is a non-empty String: no control characters and no noncharacters. Source: CloudEvents 1.0.2,
    /// "Type System".
    /// </summary>
    /// <param name="text">Valid UTF-8.</param>
    /// <returns>Whether it is.</returns>
    public static bool IsString(ReadOnlySpan<byte> text)
    {
        var isString = !text.IsEmpty;
        while (isString && !text.IsEmpty)
        {
            _ = Rune.DecodeFromUtf8(text, out var rune, out var used);
            text = text[used..];
            isString = rune.Value is not (< 0x20 or (>= 0x7F and <= 0x9F) or (>= 0xFDD0 and <= 0xFDEF))
                && (rune.Value & 0xFFFE) != 0xFFFE;
        }

        return isString;
    }

    /// <summary>
    /// Whether a text is a non-empty URI-reference, by its characters. Source: RFC 3986, section 4.1; it has neither
    /// spaces nor anything beyond ASCII.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <returns>Whether it is.</returns>
    public static bool IsUriReference(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty || text.ContainsAnyExcept(UriBytes))
        {
            return false;
        }

        for (var at = text.IndexOf((byte)'%'); at >= 0; at = text.IndexOf((byte)'%'))
        {
            if (text.Length - at < 3 || !char.IsAsciiHexDigit((char)text[at + 1])
                || !char.IsAsciiHexDigit((char)text[at + 2]))
            {
                return false;
            }

            text = text[(at + 3)..];
        }

        return true;
    }

    /// <summary>Whether a text is a URI, which begins with a scheme. Source: RFC 3986, section 3.</summary>
    /// <param name="text">The text.</param>
    /// <returns>Whether it is.</returns>
    public static bool IsUri(ReadOnlySpan<byte> text)
    {
        var scheme = text.IndexOf((byte)':');
        return scheme > 0
            && char.IsAsciiLetter((char)text[0])
            && !text[..scheme].ContainsAnyExcept(SchemeBytes)
            && IsUriReference(text);
    }

    /// <summary>Reads a media type.</summary>
    /// <param name="text">For example <c>application/json; charset=utf-8</c>.</param>
    /// <param name="isJson">
    /// Whether it says JSON: the subtype is <c>json</c> or ends with <c>+json</c>. Source: CloudEvents JSON format
    /// 1.0.2, section 3.1.1.
    /// </param>
    /// <returns>Whether it is one.</returns>
    public static bool TryMediaType(ReadOnlySpan<byte> text, out bool isJson)
    {
        isJson = false;
        var end = text.IndexOf((byte)';');
        var type = (end < 0 ? text : text[..end]).Trim(" \t"u8);
        var slash = type.IndexOf((byte)'/');
        if (slash <= 0 || slash == type.Length - 1)
        {
            return false;
        }

        var subtype = type[(slash + 1)..];
        isJson = Ascii.EqualsIgnoreCase(subtype, "json"u8)
            || (subtype.Length > 5 && Ascii.EqualsIgnoreCase(subtype[^5..], "+json"u8));
        return !type[..slash].ContainsAnyExcept(TokenBytes) && !subtype.ContainsAnyExcept(TokenBytes);
    }
}
