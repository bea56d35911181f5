using System.Text;
using System.Text.Json;

namespace Tally.Api.Events;

/// <summary>Takes texts out of the body without making strings.</summary>
internal static class EventText
{
    /// <summary>Finds the text of the reader's token, with escapes taken out in place.</summary>
    /// <param name="reader">At a string or a member's name.</param>
    /// <param name="body">Where what the reader reads lies; known to be UTF-8.</param>
    /// <param name="text">Where the text lies.</param>
    /// <param name="origin">Where in the body the reader began.</param>
    /// <returns>Whether it is valid text, which half a surrogate pair is not.</returns>
    public static bool TryTake(ref Utf8JsonReader reader, byte[] body, out TextRange text, int origin = 0)
    {
        var start = (int)reader.TokenStartIndex + 1 + origin;
        var length = reader.ValueSpan.Length;
        text = new(start, length);
        if (!reader.ValueIsEscaped)
        {
            return true;
        }

        if (!JsonText.TryUnescape(body.AsSpan(start, length), out var unescaped))
        {
            text = default;
            return false;
        }

        text = new(start, unescaped);
        return true;
    }

    /// <summary>Whether the reader's token, a string or a member's name, is a text; changes nothing.</summary>
    /// <param name="reader">At the token.</param>
    /// <param name="text">The text in UTF-8.</param>
    /// <returns>Whether it is; a text that is no Unicode isn't, where the reader itself would throw.</returns>
    public static bool Equals(ref Utf8JsonReader reader, ReadOnlySpan<byte> text)
    {
        var token = reader.ValueSpan;
        if (!reader.ValueIsEscaped)
        {
            return token.SequenceEqual(text);
        }

        const int ExpansionMax = 6;
        if (token.Length > text.Length * ExpansionMax)
        {
            return false;
        }

        Span<byte> copy = stackalloc byte[token.Length];
        token.CopyTo(copy);
        return JsonText.TryUnescape(copy, out var length) && copy[..length].SequenceEqual(text);
    }

    /// <summary>Whether a text is neither too short nor too long.</summary>
    /// <param name="text">UTF-8.</param>
    /// <param name="least">The fewest characters (UTF-16, as everywhere in the platform): 0 or 1.</param>
    /// <param name="most">The most characters.</param>
    /// <returns>Whether it is within.</returns>
    public static bool HasLength(ReadOnlySpan<byte> text, int least, int most) =>
        text.Length >= least
        && (text.Length <= most || (text.Length <= most * 3 && Encoding.UTF8.GetCharCount(text) <= most));
}
