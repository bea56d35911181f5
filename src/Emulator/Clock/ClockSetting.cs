namespace Tally.Emulator.Clock;

/// <summary>What the clock was set to.</summary>
/// <param name="Now">The moment it was set to.</param>
/// <param name="IsRunning">Whether it runs on from there; otherwise it stands still.</param>
/// <param name="SetAt">When it was set, by the surrounding clock.</param>
internal sealed record ClockSetting(DateTimeOffset Now, bool IsRunning, DateTimeOffset SetAt);
