namespace Tally.Emulator.Notifications;

internal sealed partial class HttpDeliverer
{
    [LoggerMessage(5, LogLevel.Error, "The notification {Id} could not be delivered, nor that be kept")]
    private static partial void LogFailed(ILogger logger, string id, Exception exception);
}
