using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;

namespace Tally.Emulator.Pages;

/// <summary>An interpolated string whose holes are encoded while it is written.</summary>
[InterpolatedStringHandler]
internal readonly struct HtmlFragment
{
    private readonly StringBuilder _text;

    public HtmlFragment(int literalLength, int formattedCount, HtmlWriter html)
    {
        _text = html.Text;
        _ = _text.EnsureCapacity(_text.Length + literalLength + (formattedCount * 16));
    }

    public void AppendLiteral(string html) => _text.Append(html);

    public void AppendFormatted(string? value) => _text.Append(HtmlEncoder.Default.Encode(value ?? string.Empty));

    public void AppendFormatted(IFormattable? value) =>
        AppendFormatted(value?.ToString(null, CultureInfo.InvariantCulture));

    public void AppendFormatted(DateTimeOffset? time) =>
        AppendFormatted(time?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture));

    public StringBuilder End() => _text;
}
