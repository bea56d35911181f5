namespace Tally.Emulator.Subscriptions;

internal sealed partial class NoticeQueue
{
    [LoggerMessage(2, LogLevel.Error, "The notice {Id} could not be handed over")]
    private static partial void LogFailed(ILogger logger, string id, Exception exception);
}
