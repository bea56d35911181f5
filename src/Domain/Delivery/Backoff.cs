namespace Tally.Domain.Delivery;

/// <summary>Exponential backoff with full jitter: a random wait up to a bound that doubles with each failure.</summary>
public static class Backoff
{
    /// <summary>How long to wait before the next try.</summary>
    /// <param name="failures">How many tries have failed in a row, at least 1.</param>
    /// <param name="first">The bound after one failure, above zero.</param>
    /// <param name="most">The bound that is never exceeded, at least <paramref name="first"/>.</param>
    /// <param name="random">A random number, from 0 up to but not including 1.</param>
    /// <returns>From zero up to <c>min(most, first * 2^(failures - 1))</c>.</returns>
    public static TimeSpan Delay(int failures, TimeSpan first, TimeSpan most, double random)
    {
        // Thirty doublings of a tick-sized wait are above any cap that makes sense; more would overflow.
        var doublings = Math.Clamp(failures - 1, 0, 30);
        var bound = Math.Min(most.Ticks, first.Ticks * Math.Pow(2, doublings));
        return TimeSpan.FromTicks((long)(bound * random));
    }
}
