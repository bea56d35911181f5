using Microsoft.Extensions.Logging;

namespace Tally.Api.Compatibility;

/// <content>What the endpoint logs.</content>
internal sealed partial class AwsEndpoint
{
    private static partial class Log
    {
        [LoggerMessage(2601, LogLevel.Warning, "{Operation}, called as AWS's, failed.")]
        public static partial void Failed(ILogger logger, Exception exception, string? operation);

        [LoggerMessage(2602, LogLevel.Debug, "{Operation}, called as AWS's: the client went away.")]
        public static partial void ClientGone(ILogger logger, Exception exception, string? operation);
    }
}
