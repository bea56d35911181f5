using System.Text.Json.Serialization;
using Tally.Api.Records;
using Tally.Contracts.Customers;
using Tally.Domain.Quantities;
using Tally.Domain.Sealing;

namespace Tally.Api.Customers;

/// <summary>What a customer has used.</summary>
/// <param name="Customer">What events call the customer.</param>
/// <param name="Open">Totals of hours that are not sealed.</param>
/// <param name="Records">Records that are not final, and the last that are.</param>
/// <param name="Balances">The conservation equation of each dimension.</param>
internal sealed record UsageAnswer(
    string Customer,
    IReadOnlyList<OpenAnswer> Open,
    IReadOnlyList<RecordAnswer> Records,
    IReadOnlyList<BalanceAnswer> Balances)
{
    /// <summary>Shows what a customer has used.</summary>
    /// <param name="customer">What events call the customer.</param>
    /// <param name="usage">Its usage.</param>
    /// <returns>The answer.</returns>
    public static UsageAnswer Of(string customer, CustomerUsage usage) => new(
        customer,
        [.. usage.Open.Select(OpenAnswer.Of)],
        [.. usage.Records.Select(RecordAnswer.Of)],
        [.. usage.Balances.Select(BalanceAnswer.Of)]);
}

/// <summary>The running total of an hour that is not sealed.</summary>
/// <param name="Dimension">The dimension's name.</param>
/// <param name="HourStart">The first moment of the hour.</param>
/// <param name="Quantity">The total so far.</param>
/// <param name="Events">How many events are in it.</param>
/// <param name="CarriedFromPreviousMonth">What of it is late usage of a previous month.</param>
internal sealed record OpenAnswer(
    string Dimension, DateTimeOffset HourStart, Quantity Quantity, long Events, Quantity? CarriedFromPreviousMonth)
{
    /// <summary>Shows a running total.</summary>
    /// <param name="open">The total.</param>
    /// <returns>The answer.</returns>
    public static OpenAnswer Of(OpenAccumulator open) => new(
        open.Dimension, open.HourStart, open.Quantity, open.Events, RecordAnswer.Shown(open.FromPreviousMonth));
}

/// <summary>A sealed record and where it is on its way.</summary>
/// <param name="Dimension">The dimension's name at AWS.</param>
/// <param name="HourStart">The first moment of its hour.</param>
/// <param name="Timestamp">The record's timestamp.</param>
/// <param name="Quantity">How many whole units.</param>
/// <param name="State">
/// <c>waiting</c>, <c>parked</c> (the customer is not subscribed), <c>quarantined</c> (held for a person),
/// <c>delivered</c>, <c>expired</c> or <c>written_off</c> (a person gave it up).
/// </param>
/// <param name="CustomerIdentifier">How AWS knows the buyer, or</param>
/// <param name="CustomerAwsAccountId">the buyer's AWS account id.</param>
/// <param name="LicenseArn">The licence of the agreement.</param>
/// <param name="MeteringRecordId">AWS's receipt.</param>
/// <param name="Reason">What AWS said last, or who released, corrected or wrote it off and why.</param>
/// <param name="SettledAt">When that was.</param>
/// <param name="CarriedFromPreviousMonth">What of it is late usage of a previous month.</param>
/// <param name="Allocations">How the quantity divides over tag sets; absent where it doesn't.</param>
/// <param name="MergedTags">
/// What of the untagged rest had tags that AWS doesn't take, or for whose set a record has no room; absent for none.
/// </param>
internal sealed record RecordAnswer(
    string Dimension,
    DateTimeOffset HourStart,
    DateTimeOffset Timestamp,
    int Quantity,
    string State,
    string? CustomerIdentifier,
    [property: JsonPropertyName("customerAWSAccountId")] string? CustomerAwsAccountId,
    string? LicenseArn,
    string? MeteringRecordId,
    string? Reason,
    DateTimeOffset? SettledAt,
    Quantity? CarriedFromPreviousMonth,
    IReadOnlyList<AllocationAnswer>? Allocations,
    Quantity? MergedTags)
{
    /// <summary>Shows a record.</summary>
    /// <param name="view">The record.</param>
    /// <returns>The answer.</returns>
    public static RecordAnswer Of(RecordView view) => new(
        view.Record.Dimension,
        DateTimeOffset.FromUnixTimeSeconds(view.Record.Key.HourStartSeconds),
        view.Record.Timestamp,
        view.Record.Quantity,
        RecordWords.NameOf(view.State),
        view.Record.Identity.CustomerIdentifier,
        view.Record.Identity.AwsAccountId,
        view.Record.Identity.LicenseArn,
        view.Last?.MeteringRecordId,
        view.Last?.Reason,
        view.Last?.At,
        Shown(view.Notes.FromPreviousMonth),
        AllocationAnswer.Of(view.Record.Allocations),
        Shown(view.Notes.MergedTags));

    /// <summary>What is seldom there is left out where it isn't.</summary>
    /// <param name="amount">An amount.</param>
    /// <returns>The amount; null for none.</returns>
    public static Quantity? Shown(Quantity amount) => amount == default ? null : amount;
}
