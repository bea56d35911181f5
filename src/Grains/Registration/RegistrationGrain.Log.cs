using Microsoft.Extensions.Logging;

namespace Tally.Grains.Registration;

/// <content>What the actor logs.</content>
internal sealed partial class RegistrationGrain
{
    private static partial class Log
    {
        [LoggerMessage(1601, LogLevel.Information, "{Operation} for {Tenant}: AWS refused.")]
        public static partial void Refused(ILogger logger, Exception exception, string operation, string tenant);

        [LoggerMessage(1602, LogLevel.Warning, "{Operation} for {Tenant}: AWS could not be asked.")]
        public static partial void NotAsked(ILogger logger, Exception exception, string operation, string tenant);
    }
}
