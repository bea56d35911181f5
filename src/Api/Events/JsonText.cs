using System.Buffers.Text;
using System.Text;

namespace Tally.Api.Events;

/// <summary>Takes the escapes out of JSON strings where they lie.</summary>
internal static class JsonText
{
    /// <summary>
    /// Unescapes a string in its own place; the outcome is never longer. Only <c>\u</c> escapes can fail, by naming
    /// one half of a surrogate pair alone.
    /// </summary>
    /// <param name="text">What stands between the quotes, well-formed JSON; overwritten.</param>
    /// <param name="length">How many bytes of it are text now.</param>
    /// <returns>Whether it is valid text.</returns>
    public static bool TryUnescape(Span<byte> text, out int length)
    {
        length = text.IndexOf((byte)'\\');
        if (length < 0)
        {
            length = text.Length;
            return true;
        }

        var from = length;
        while (from < text.Length)
        {
            if (text[from] != '\\')
            {
                text[length++] = text[from++];
                continue;
            }

            var kind = text[from + 1];
            from += 2;
            if (kind != 'u')
            {
                text[length++] = Simple(kind);
            }
            else if (!TryUnicode(text, ref from, ref length))
            {
                return false;
            }
        }

        return true;
    }

    private static byte Simple(byte kind) => kind switch
    {
        (byte)'n' => (byte)'\n',
        (byte)'t' => (byte)'\t',
        (byte)'r' => (byte)'\r',
        (byte)'b' => (byte)'\b',
        (byte)'f' => (byte)'\f',
        _ => kind,
    };

    private static bool TryUnicode(Span<byte> text, ref int from, ref int length)
    {
        var first = Hex(text.Slice(from, 4));
        from += 4;
        if (Rune.TryCreate(first, out var rune))
        {
            length += rune.EncodeToUtf8(text[length..]);
            return true;
        }

        if (text.Length - from < 6 || text[from] != '\\' || text[from + 1] != 'u')
        {
            return false;
        }

        var second = Hex(text.Slice(from + 2, 4));
        from += 6;
        if (!Rune.TryCreate(first, second, out rune))
        {
            return false;
        }

        length += rune.EncodeToUtf8(text[length..]);
        return true;
    }

    private static char Hex(ReadOnlySpan<byte> digits) =>
        Utf8Parser.TryParse(digits, out ushort value, out _, 'x') ? (char)value : '\uFFFD';
}
