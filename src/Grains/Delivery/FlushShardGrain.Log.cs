using Microsoft.Extensions.Logging;

namespace Tally.Grains.Delivery;

/// <content>What the actor logs.</content>
internal sealed partial class FlushShardGrain
{
    private static partial class Log
    {
        [LoggerMessage(1101, LogLevel.Error, "Product {Product}: a flush failed; the next one tries again.")]
        public static partial void FlushFailed(ILogger logger, Exception exception, string product);

        [LoggerMessage(
            1102, LogLevel.Warning,
            "Product {Product}: customer {Customer} could not be sealed; the next flush asks again.")]
        public static partial void SealFailed(ILogger logger, Exception exception, string product, string customer);

        [LoggerMessage(
            1103, LogLevel.Warning, "Product {Product}: AWS did not take a call of {Records} records: {Error}.")]
        public static partial void CallFailed(ILogger logger, string product, int records, CallError error);

        [LoggerMessage(
            1104, LogLevel.Error,
            "Product {Product}: record of customer {Customer}, {Dimension}, {Timestamp:O} is quarantined: {Reason}.")]
        public static partial void Quarantined(
            ILogger logger, string product, string customer, string dimension, DateTimeOffset timestamp, string reason);

        [LoggerMessage(
            1105, LogLevel.Error,
            "Product {Product}: record of customer {Customer}, {Dimension}, {Timestamp:O} has expired undelivered.")]
        public static partial void Expired(
            ILogger logger, string product, string customer, string dimension, DateTimeOffset timestamp);

        [LoggerMessage(
            1106, LogLevel.Warning,
            "Product {Product}: record of customer {Customer}, {Dimension}, {Timestamp:O} is at risk; "
            + "its deadline is {Deadline:O}.")]
        public static partial void AtRisk(
            ILogger logger,
            string product,
            string customer,
            string dimension,
            DateTimeOffset timestamp,
            DateTimeOffset deadline);

        [LoggerMessage(
            1107, LogLevel.Warning,
            "Product {Product}: what became of {Records} records of customer {Customer} could not be booked; "
            + "they are sent again.")]
        public static partial void SettleFailed(
            ILogger logger, Exception exception, string product, int records, string customer);

        [LoggerMessage(1108, LogLevel.Debug, "Product {Product}: {Customers} customers sealed, {Records} records due.")]
        public static partial void Flushing(ILogger logger, string product, int customers, int records);

        [LoggerMessage(
            1109, LogLevel.Information,
            "Product {Product}: customer {Customer} is not subscribed; "
            + "its record of {Dimension}, {Timestamp:O} is parked.")]
        public static partial void Parked(
            ILogger logger, string product, string customer, string dimension, DateTimeOffset timestamp);

        [LoggerMessage(1110, LogLevel.Debug, "Product {Product}: the flush stops with its actor.")]
        public static partial void FlushStopped(ILogger logger, string product);

        [LoggerMessage(
            1111, LogLevel.Information,
            "Product {Product}: AWS asks for fewer calls; {Records} records are sent again: {Error}.")]
        public static partial void Throttled(ILogger logger, string product, int records, CallError error);

        [LoggerMessage(
            1112, LogLevel.Information,
            "Flush shard {Shard}: {Customers} customers are handed over, as the product has {Shards} shards now.")]
        public static partial void HandedOver(ILogger logger, string shard, int customers, int shards);

        [LoggerMessage(
            1114, LogLevel.Error,
            "Product {Product} is suspended: AWS answers {Code}: {Reason} {Waiting} records wait and expire unless "
            + "the cause is removed; it is tried again by itself.")]
        public static partial void Suspended(
            ILogger logger, string product, string code, string reason, int waiting);

        [LoggerMessage(
            1115, LogLevel.Information,
            "Product {Product} is no longer suspended; {Waiting} records are on their way.")]
        public static partial void Resumed(ILogger logger, string product, int waiting);
    }
}
