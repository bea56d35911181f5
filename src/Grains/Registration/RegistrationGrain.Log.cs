using Microsoft.Extensions.Logging;

namespace Tally.Grains.Registration;

/// <content>What the actor logs.</content>
internal sealed partial class RegistrationGrain
{
    private static partial class Log
    {
        [LoggerMessage(1601, LogLevel.Information, "Tenant {Tenant}: AWS refused {Operation} with {Code}: {Reason}")]
        public static partial void Refused(
            ILogger logger, string operation, string tenant, string code, string reason);

        [LoggerMessage(1602, LogLevel.Warning, "Tenant {Tenant}: {Operation} could not be asked of AWS.")]
        public static partial void NotAsked(ILogger logger, Exception exception, string operation, string tenant);
    }
}
