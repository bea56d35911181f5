namespace Tally.Grains.Hosting;

/// <summary>The name under which Tally's clock is registered.</summary>
public static class TallyTime
{
    /// <summary>
    /// The key of the <see cref="TimeProvider"/> that says what time it is for metering; a test puts a virtual clock
    /// there without stopping Orleans' own timers.
    /// </summary>
    public const string Key = "Tally";
}
