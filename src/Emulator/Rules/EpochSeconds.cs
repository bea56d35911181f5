namespace Tally.Emulator.Rules;

/// <summary>Timestamps as AWS JSON has them: seconds since 1970, perhaps with a fraction.</summary>
internal static class EpochSeconds
{
    private const decimal SecondsMin = -62_135_596_800m;
    private const decimal SecondsEnd = 253_402_300_800m;

    /// <summary>
    /// The moment, rounded down to 100 nanoseconds so that no fraction moves it into the next hour; null when it is
    /// outside the years 1 to 9999.
    /// </summary>
    public static DateTimeOffset? ToTime(decimal seconds) =>
        seconds is >= SecondsMin and < SecondsEnd
            ? DateTimeOffset.UnixEpoch.AddTicks((long)decimal.Floor(seconds * TimeSpan.TicksPerSecond))
            : null;
}
