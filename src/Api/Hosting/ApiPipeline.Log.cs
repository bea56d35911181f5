using Microsoft.Extensions.Logging;

namespace Tally.Api.Hosting;

/// <content>What the pipeline logs.</content>
internal sealed partial class ApiPipeline
{
    private static partial class Log
    {
        [LoggerMessage(2101, LogLevel.Error, "{Operation} failed.")]
        public static partial void Failed(ILogger logger, Exception exception, string operation);

        [LoggerMessage(2102, LogLevel.Warning, "{Operation}: the store or the cluster does not answer.")]
        public static partial void Unavailable(ILogger logger, Exception exception, string operation);

        [LoggerMessage(2103, LogLevel.Debug, "{Operation}: the request can't be read.")]
        public static partial void Unreadable(ILogger logger, Exception exception, string operation);

        [LoggerMessage(2104, LogLevel.Debug, "{Operation}: the client went away.")]
        public static partial void ClientGone(ILogger logger, Exception exception, string operation);

        [LoggerMessage(2105, LogLevel.Debug, "{Operation}: the buyer's entitlement does not allow it.")]
        public static partial void NotTaken(ILogger logger, Exception exception, string operation);
    }
}
