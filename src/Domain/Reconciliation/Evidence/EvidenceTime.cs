using System.Globalization;

namespace Tally.Domain.Reconciliation.Evidence;

/// <summary>
/// Reads moments as evidence spells them: ISO 8601, CloudTrail's <c>Apr 19, 2018 4:32:50 PM</c> (in UTC, see the
/// sample in the API reference of AWS Marketplace, "Logging AWS Marketplace Metering API calls with CloudTrail"), and
/// the days of reports.
/// </summary>
internal static class EvidenceTime
{
    private const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
    private const decimal SecondsMax = 253_402_300_799;

    private static readonly string[] DayForms = ["yyyy-MM-dd", "yyyyMMdd", "M/d/yyyy"];

    private static readonly string[] MomentForms =
    [
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd HH:mmK",
        "yyyy-MM-dd HH:mm:ss.FFFFFFF 'UTC'", "yyyy-MM-dd'T'HHK", "yyyy-MM-dd HH", "MMM d, yyyy h:mm:ss tt",
        "MMM d, yyyy, h:mm:ss tt", "M/d/yyyy H:mm", "M/d/yyyy H:mm:ss",
    ];

    /// <summary>Reads a moment or a day.</summary>
    /// <param name="text">The text; without a zone it is UTC.</param>
    /// <returns>The moment, or the first one of the day; null when it is neither.</returns>
    public static (DateTimeOffset Time, bool IsDaily)? Parse(string text)
    {
        // Newer runtimes of Java write a narrow space before AM and PM.
        var plain = text.Trim().Replace('\u202F', ' ').Replace('\u00A0', ' ');
        var culture = CultureInfo.InvariantCulture;
        if (DateTimeOffset.TryParseExact(plain, DayForms, culture, Utc, out var day))
        {
            return IsAfter1970(day) ? (day, true) : null;
        }

        return DateTimeOffset.TryParseExact(plain, MomentForms, culture, Utc, out var time) && IsAfter1970(time)
            ? (time, false)
            : null;
    }

    /// <summary>Reads seconds since 1970.</summary>
    /// <param name="seconds">The seconds.</param>
    /// <returns>The moment, to the whole second below; null when it is out of range.</returns>
    public static DateTimeOffset? OfSeconds(decimal seconds) =>
        seconds is >= 0 and <= SecondsMax ? DateTimeOffset.FromUnixTimeSeconds((long)seconds) : null;

    private static bool IsAfter1970(DateTimeOffset time) => time >= DateTimeOffset.UnixEpoch;
}
