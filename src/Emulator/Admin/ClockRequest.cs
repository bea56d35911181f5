namespace Tally.Emulator.Admin;

/// <summary>What the clock is to be set to.</summary>
/// <param name="Now">The moment; null gives the clock back to the system.</param>
/// <param name="IsRunning">Whether it runs on from there; otherwise it stands still.</param>
internal sealed record ClockRequest(DateTimeOffset? Now, bool IsRunning = false);

/// <summary>What the clock says.</summary>
/// <param name="Now">The moment by which the service judges.</param>
/// <param name="IsSet">Whether somebody set it.</param>
/// <param name="IsRunning">Whether it moves on.</param>
internal sealed record ClockReply(DateTimeOffset Now, bool IsSet, bool IsRunning);
