namespace Tally.Emulator.Rules;

/// <summary>Which timestamps are within bounds.</summary>
internal sealed record AcceptanceWindow(
    TimeSpan AgeMax,
    TimeSpan? PreviousMonthGrace,
    TimeSpan Period,
    OpenPoints OpenPoints)
{
    /// <summary>The window of <c>BatchMeterUsage</c>.</summary>
    public static AcceptanceWindow OfBatch(AcceptanceRules rules, TimeSpan period, OpenPoints openPoints) =>
        new(rules.AgeMax, rules.PreviousMonthGrace, period, openPoints);

    /// <summary>The window of <c>MeterUsage</c>, for which AWS names no limit at the month's end.</summary>
    public static AcceptanceWindow OfMeterUsage(AcceptanceRules rules, TimeSpan period, OpenPoints openPoints) =>
        new(rules.MeterUsageAgeMax, null, period, openPoints);

    public bool Accepts(DateTimeOffset timestamp, DateTimeOffset now) =>
        !IsOfClosedMonth(timestamp, now)
        && (!IsTooOld(timestamp, now) || IsInGrace(timestamp, now))
        && timestamp - now <= FutureTolerance;

    /// <summary>A period shorter than the tolerance limits it: nothing lies beyond the bucket after this one.</summary>
    private TimeSpan FutureTolerance
    {
        get
        {
            var tolerance = TimeSpan.FromSeconds(OpenPoints.FutureToleranceSeconds);
            return Period < tolerance ? Period : tolerance;
        }
    }

    private bool IsTooOld(DateTimeOffset timestamp, DateTimeOffset now)
    {
        var from = OpenPoints.AgeCountsFromHour
            ? new DateTimeOffset(now.UtcTicks - (now.UtcTicks % TimeSpan.TicksPerHour), TimeSpan.Zero)
            : now;
        var age = from - timestamp;
        return OpenPoints.AcceptsExactAge ? age > AgeMax : age >= AgeMax;
    }

    private bool IsInGrace(DateTimeOffset timestamp, DateTimeOffset now) =>
        OpenPoints.PreviousMonthIgnoresAge
        && PreviousMonthGrace is not null
        && timestamp >= MonthOf(now).AddMonths(-1)
        && timestamp < MonthOf(now);

    private bool IsOfClosedMonth(DateTimeOffset timestamp, DateTimeOffset now) =>
        PreviousMonthGrace is { } grace && timestamp < MonthOf(now) && now >= MonthOf(now) + grace;

    private static DateTimeOffset MonthOf(DateTimeOffset now) =>
        new(now.UtcDateTime.Year, now.UtcDateTime.Month, 1, 0, 0, 0, TimeSpan.Zero);
}
