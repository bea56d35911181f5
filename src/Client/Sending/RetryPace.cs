using Microsoft.Extensions.Logging;

namespace Tally.Client.Sending;

/// <summary>Waits between attempts.</summary>
/// <param name="options">How long.</param>
/// <param name="time">The clock.</param>
/// <param name="random">Draws numbers from 0 to just below 1.</param>
/// <param name="logger">The log.</param>
internal sealed partial class RetryPace(
    TallyClientOptions options, TimeProvider time, Func<double> random, ILogger logger)
{
    /// <summary>Waits before the next attempt.</summary>
    /// <param name="attempt">How many have failed, from 1.</param>
    /// <param name="again">Why the last one did.</param>
    /// <param name="stop">When not to wait any longer.</param>
    /// <returns>A task that completes when it is time.</returns>
    public Task Pause(int attempt, PostOutcome.Again again, CancellationToken stop)
    {
        var delay = Backoff.Delay(attempt, options, random(), again.Delay);
        Log.Again(logger, attempt, again.Reason, delay);
        return Task.Delay(delay, time, stop);
    }
}
