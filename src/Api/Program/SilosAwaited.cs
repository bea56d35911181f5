using Microsoft.Extensions.Logging;

namespace Tally.Api.Program;

/// <summary>Waits at the start until there is a silo, however long that takes.</summary>
/// <param name="clock">Measures the time between two attempts.</param>
/// <param name="logger">Where to say that it waits.</param>
internal sealed partial class SilosAwaited(TimeProvider clock, ILogger<SilosAwaited> logger)
    : IClientConnectionRetryFilter
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <inheritdoc />
    public async Task<bool> ShouldRetryConnectionAttempt(Exception exception, CancellationToken cancellationToken)
    {
        Log.Waiting(logger, exception.Message);
        await Task.Delay(Interval, clock, cancellationToken);
        return true;
    }

    private static partial class Log
    {
        [LoggerMessage(2401, LogLevel.Warning, "No silo answers yet; it is tried again: {Reason}")]
        public static partial void Waiting(ILogger logger, string reason);
    }
}
