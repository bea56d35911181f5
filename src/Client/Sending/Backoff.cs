namespace Tally.Client.Sending;

/// <summary>How long to wait before sending again: exponential, with full jitter.</summary>
internal static class Backoff
{
    private static readonly TimeSpan ServerDelayMax = TimeSpan.FromHours(1);

    /// <summary>Computes the delay.</summary>
    /// <param name="attempt">How many attempts have failed, from 1.</param>
    /// <param name="options">The base and the most.</param>
    /// <param name="chance">A number from 0 to just below 1.</param>
    /// <param name="server">What the server asked for; it comes first, as all clients were told the same.</param>
    /// <returns>How long to wait.</returns>
    public static TimeSpan Delay(int attempt, TallyClientOptions options, double chance, TimeSpan server)
    {
        // From the 41st doubling on even the smallest base is beyond the largest cap.
        var doubled = options.RetryDelayBase.TotalSeconds * Math.Pow(2, Math.Clamp(attempt - 1, 0, 40));
        var own = TimeSpan.FromSeconds(Math.Min(options.RetryDelayMax.TotalSeconds, doubled) * chance);
        var asked = server < TimeSpan.Zero ? TimeSpan.Zero : server > ServerDelayMax ? ServerDelayMax : server;
        return asked + own;
    }
}
