using Microsoft.Extensions.Logging;

namespace Tally.Api.Dispatch;

/// <content>What the dispatcher logs.</content>
internal sealed partial class Dispatcher
{
    private static partial class Log
    {
        // The request that had the events is answered with an error and logs it; this tells which product it was.
        [LoggerMessage(
            2001, LogLevel.Debug, "A call with {Events} events for {Product} failed; they may be counted.")]
        public static partial void CallFailed(ILogger logger, Exception exception, string product, int events);
    }
}
