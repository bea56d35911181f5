using Microsoft.Extensions.Logging;

namespace Tally.Grains.Entitlement;

/// <content>What the actor logs.</content>
internal sealed partial class EntitlementGrain
{
    private static partial class Log
    {
        [LoggerMessage(1401, LogLevel.Information, "Product {Product}: the buyer is entitled; usage is taken.")]
        public static partial void Entitled(ILogger logger, string product);

        [LoggerMessage(
            1402, LogLevel.Error,
            "Product {Product}: not entitled; usage is refused until AWS says otherwise. {Code}: {Reason}")]
        public static partial void Refused(ILogger logger, string product, string? code, string? reason);

        [LoggerMessage(
            1403, LogLevel.Warning,
            "Product {Product}: AWS could not be asked whether the buyer is entitled. {Code}: {Reason}")]
        public static partial void NotKnown(ILogger logger, string product, string? code, string? reason);

        [LoggerMessage(
            1404, LogLevel.Warning,
            "Product {Product}: the public key of version {Version} was replaced on {When:u}; it still signs, but the "
            + "next release should have the new one.")]
        public static partial void KeyRotated(ILogger logger, string product, int version, DateTime when);

        [LoggerMessage(1405, LogLevel.Error, "Product {Product}: asking AWS for the entitlement failed.")]
        public static partial void AskingFailed(ILogger logger, Exception exception, string product);

        [LoggerMessage(1406, LogLevel.Debug, "Product {Product}: asking for the entitlement stops with its actor.")]
        public static partial void Stopped(ILogger logger, string product);
    }
}
