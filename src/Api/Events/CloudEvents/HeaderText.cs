using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace Tally.Api.Events.CloudEvents;

/// <summary>Takes quotes and percent-encoding out of header values.</summary>
internal static class HeaderText
{
    /// <summary>
    /// Decodes a value: first double-quoted strings with their backslashes, then percent-encoding, once. Source:
    /// CloudEvents HTTP binding 1.0.2, section 3.1.3.2.
    /// </summary>
    /// <param name="value">The value as it was sent.</param>
    /// <returns>The text; null where quotes or percent signs are wrong, or it is no UTF-8.</returns>
    public static string? Decode(string value)
    {
        if (Unquote(value) is not { } text)
        {
            return null;
        }

        if (!text.Contains('%', StringComparison.Ordinal))
        {
            return text;
        }

        var bytes = Encoding.UTF8.GetBytes(text);
        var length = 0;
        for (var at = 0; at < bytes.Length; at++, length++)
        {
            if (bytes[at] != '%')
            {
                bytes[length] = bytes[at];
                continue;
            }

            if (bytes.Length - at < 3
                || !byte.TryParse(
                    bytes.AsSpan(at + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var one))
            {
                return null;
            }

            bytes[length] = one;
            at += 2;
        }

        var decoded = bytes.AsSpan(0, length);
        return Utf8.IsValid(decoded) ? Encoding.UTF8.GetString(decoded) : null;
    }

    private static string? Unquote(string value)
    {
        if (!value.Contains('"', StringComparison.Ordinal))
        {
            return value;
        }

        var text = new StringBuilder(value.Length);
        var isQuoted = false;
        for (var at = 0; at < value.Length; at++)
        {
            if (value[at] == '"')
            {
                isQuoted = !isQuoted;
            }
            else if (isQuoted && value[at] == '\\')
            {
                at++;
                if (at == value.Length)
                {
                    return null;
                }

                text.Append(value[at]);
            }
            else
            {
                text.Append(value[at]);
            }
        }

        return isQuoted ? null : text.ToString();
    }
}
