namespace Tally.Emulator.State;

/// <summary>Says once an hour that it is time to forget what is over, also by a clock that is set to and fro.</summary>
internal sealed class SweepTimer
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);
    private long _sweptTicks;

    /// <summary>Whether it is time; of several who ask at once one is told so.</summary>
    public bool IsDue(DateTimeOffset now)
    {
        var swept = Interlocked.Read(ref _sweptTicks);
        return Math.Abs(now.UtcTicks - swept) >= Interval.Ticks
            && Interlocked.CompareExchange(ref _sweptTicks, now.UtcTicks, swept) == swept;
    }
}
