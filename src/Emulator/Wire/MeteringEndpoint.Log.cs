namespace Tally.Emulator.Wire;

internal sealed partial class MeteringEndpoint
{
    [LoggerMessage(1, LogLevel.Error, "{Operation} failed inside the emulator; request {RequestId}")]
    private static partial void LogFailed(
        ILogger logger, string operation, string requestId, Exception exception);
}
