using Microsoft.Extensions.Logging;

namespace Tally.Client.Sending;

/// <content>What is logged of events that are not counted.</content>
internal sealed partial class Outcomes
{
    private static partial class Log
    {
        [LoggerMessage(5002, LogLevel.Warning,
            "{Count} events are not counted; the first of them, {Id}, as {Code}: {Message}")]
        public static partial void Rejected(ILogger logger, int count, string? id, string code, string message);

        [LoggerMessage(5003, LogLevel.Error, "{Count} events are not counted, their request is refused: {Message}")]
        public static partial void Refused(ILogger logger, int count, string message);

        [LoggerMessage(5004, LogLevel.Error, "{Count} events were not answered before the client was disposed of.")]
        public static partial void Abandoned(ILogger logger, int count);

        [LoggerMessage(5005, LogLevel.Warning, "There is no room for more events: they are dropped until there is.")]
        public static partial void Dropped(ILogger logger);

        [LoggerMessage(5006, LogLevel.Error, "A handler of rejected events failed at {Id}.")]
        public static partial void HandlerFailed(ILogger logger, Exception exception, string? id);
    }
}
