using System.Globalization;

namespace Tally.Api.Products;

/// <summary>Spans of time as the API spells them: <c>hours:minutes:seconds</c>, with any number of hours.</summary>
internal static class Duration
{
    private const int HoursMax = 1_000_000;

    /// <summary>Spells a span of whole seconds.</summary>
    /// <param name="span">The span, zero or more.</param>
    /// <returns>For example <c>72:00:00</c>.</returns>
    public static string Format(TimeSpan span)
    {
        var hours = (long)span.TotalHours;
        return string.Create(CultureInfo.InvariantCulture, $"{hours:00}:{span.Minutes:00}:{span.Seconds:00}");
    }

    /// <summary>Reads a span.</summary>
    /// <param name="text">The text.</param>
    /// <param name="span">The span.</param>
    /// <returns>Whether it is one.</returns>
    public static bool TryParse(string text, out TimeSpan span)
    {
        span = default;
        var parts = text.Split(':');
        if (parts.Length != 3
            || parts[1].Length != 2 || parts[2].Length != 2
            || !TryParse(parts[0], HoursMax, out var hours)
            || !TryParse(parts[1], 59, out var minutes)
            || !TryParse(parts[2], 59, out var seconds))
        {
            return false;
        }

        span = new TimeSpan(hours, minutes, seconds);
        return true;
    }

    private static bool TryParse(string digits, int most, out int number) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number <= most;
}
