using System.Globalization;

namespace Tally.Emulator.Pages;

/// <summary>Reads the fields of a form, where everything is a text and nothing is an empty one.</summary>
internal static class FormFields
{
    public static string? TextOrNull(this IFormCollection fields, string name) =>
        fields[name].ToString() is { Length: > 0 } text ? text : null;

    /// <summary>A moment in UTC, or what is wrong with it; neither when the field is empty.</summary>
    public static (string? Mistake, DateTimeOffset? Moment) Moment(this IFormCollection fields, string name)
    {
        if (fields.TextOrNull(name) is not { } text) return (null, null);
        return DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment)
            ? (null, moment)
            : ($"'{text}' is not a moment like 2026-11-23T10:30:00.", null);
    }
}
