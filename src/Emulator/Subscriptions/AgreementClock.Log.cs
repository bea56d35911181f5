namespace Tally.Emulator.Subscriptions;

internal sealed partial class AgreementClock
{
    [LoggerMessage(4, LogLevel.Debug, "Somebody else was faster: {Reason}")]
    private static partial void LogOvertaken(ILogger logger, string reason);

    [LoggerMessage(3, LogLevel.Error, "What was due could not be ended; it is tried again in a second")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
