namespace Tally.Emulator.Rules;

/// <summary>Which timestamps are within bounds.</summary>
internal static class AcceptanceWindow
{
    /// <summary>How far into the next hour a timestamp may lie, for clocks that are a little fast.</summary>
    public static readonly TimeSpan FutureTolerance = TimeSpan.FromMinutes(5);

    public static bool Accepts(AcceptanceRules rules, DateTimeOffset timestamp, DateTimeOffset now) =>
        now - timestamp <= rules.AgeMax
        && !IsOfClosedMonth(rules, timestamp, now)
        && timestamp < HourOf(now).AddHours(1) + FutureTolerance;

    private static bool IsOfClosedMonth(AcceptanceRules rules, DateTimeOffset timestamp, DateTimeOffset now)
    {
        var month = new DateTimeOffset(now.UtcDateTime.Year, now.UtcDateTime.Month, 1, 0, 0, 0, TimeSpan.Zero);
        return rules.PreviousMonthGrace is { } grace && timestamp < month && now >= month + grace;
    }

    private static DateTimeOffset HourOf(DateTimeOffset time) =>
        new(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerHour), TimeSpan.Zero);
}
