using Microsoft.Extensions.Logging;

namespace Tally.Client.Sending;

/// <content>What is logged of retries.</content>
internal sealed partial class RetryPace
{
    private static partial class Log
    {
        [LoggerMessage(5001, LogLevel.Warning,
            "Events could not be sent, attempt {Attempt} ({Reason}); they are sent again in {Delay}.")]
        public static partial void Again(ILogger logger, int attempt, string reason, TimeSpan delay);
    }
}
