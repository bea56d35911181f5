using Microsoft.Extensions.Logging;
using Tally.Domain.Subscriptions;

namespace Tally.Grains.Customers;

/// <content>What the actor logs.</content>
internal sealed partial class CustomerGrain
{
    private static partial class Log
    {
        [LoggerMessage(
            1001, LogLevel.Error, "Customer {Customer}: the store failed; the actor starts again from what is stored.")]
        public static partial void StoreFailed(ILogger logger, Exception exception, string customer);

        [LoggerMessage(
            1002, LogLevel.Warning,
            "Customer {Customer}: its snapshot could not be written; the journal still has everything.")]
        public static partial void SnapshotFailed(ILogger logger, Exception exception, string customer);

        [LoggerMessage(
            1003, LogLevel.Debug, "Customer {Customer}: {Entries} journal entries applied behind its snapshot.")]
        public static partial void Replayed(ILogger logger, string customer, int entries);

        [LoggerMessage(
            1004, LogLevel.Information, "Customer {Customer}: {Word} at {At:u}.")]
        public static partial void SubscriptionChanged(
            ILogger logger, string customer, SubscriptionWord word, DateTimeOffset at);

        [LoggerMessage(
            1005, LogLevel.Warning, "Customer {Customer}: its record of the hour {Hour:O} is held. {Reason}.")]
        public static partial void Held(ILogger logger, string customer, DateTimeOffset hour, string reason);

        [LoggerMessage(
            1006, LogLevel.Warning, "Customer {Customer}: its held record of the hour {Hour:O} is sent. {Reason}.")]
        public static partial void HeldReleased(ILogger logger, string customer, DateTimeOffset hour, string reason);

        [LoggerMessage(
            1007, LogLevel.Warning,
            "Customer {Customer}: {Lines} lines wait for the ledger, and only its next use will add them.")]
        public static partial void LinesNotRegistered(ILogger logger, Exception exception, string customer, int lines);

        [LoggerMessage(
            1008, LogLevel.Warning,
            "Customer {Customer}: {Entries} entries of another activation are taken in; the cluster was split.")]
        public static partial void Merged(ILogger logger, string customer, int entries);
    }
}
