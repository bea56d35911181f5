namespace Tally.Emulator.Rules;

/// <summary>Which timestamps are within bounds.</summary>
internal static class AcceptanceWindow
{
    /// <summary>How far ahead of the service's clock a timestamp may lie, for clocks that are a little fast.</summary>
    public static readonly TimeSpan FutureTolerance = TimeSpan.FromMinutes(5);

    /// <summary>A period shorter than the tolerance limits it: nothing lies beyond the bucket after this one.</summary>
    public static bool Accepts(AcceptanceRules rules, DateTimeOffset timestamp, DateTimeOffset now, TimeSpan period) =>
        now - timestamp <= rules.AgeMax
        && !IsOfClosedMonth(rules, timestamp, now)
        && timestamp - now <= (period < FutureTolerance ? period : FutureTolerance);

    private static bool IsOfClosedMonth(AcceptanceRules rules, DateTimeOffset timestamp, DateTimeOffset now)
    {
        var month = new DateTimeOffset(now.UtcDateTime.Year, now.UtcDateTime.Month, 1, 0, 0, 0, TimeSpan.Zero);
        return rules.PreviousMonthGrace is { } grace && timestamp < month && now >= month + grace;
    }
}
