using System.Text.Json.Serialization;
using Tally.Api.Customers;
using Tally.Domain.Quantities;
using Tally.Domain.Sealing;
using Tally.Domain.Time;

namespace Tally.Api.Records;

/// <summary>Why a record is released or written off.</summary>
/// <param name="Reason">Why, 1 to 255 characters; kept with the record.</param>
internal sealed record ReasonRequest(string? Reason = null);

/// <summary>What is to be different in a record that AWS refused. What is left out stays as it is.</summary>
/// <param name="Reason">Why, 1 to 255 characters; kept with the record.</param>
/// <param name="Dimension">The name of one of the product's dimensions, under which it is sent.</param>
/// <param name="CustomerIdentifier">The buyer as ResolveCustomer named it, or</param>
/// <param name="CustomerAwsAccountId">the buyer's AWS account id, digits.</param>
/// <param name="LicenseArn">The licence of the agreement; only with an account id.</param>
internal sealed record CorrectionRequest(
    string? Reason = null,
    string? Dimension = null,
    string? CustomerIdentifier = null,
    [property: JsonPropertyName("customerAWSAccountId")] string? CustomerAwsAccountId = null,
    string? LicenseArn = null);

/// <summary>A sealed record, named so that something can be done with it.</summary>
/// <param name="Customer">What events call the customer.</param>
/// <param name="Dimension">The dimension that its events named.</param>
/// <param name="HourStart">The first moment of its hour.</param>
/// <param name="AwsDimension">The dimension under which it is sent; another one once it was corrected.</param>
/// <param name="Timestamp">The record's timestamp.</param>
/// <param name="Quantity">How many whole units.</param>
/// <param name="State">
/// <c>waiting</c>, <c>parked</c>, <c>quarantined</c>, <c>delivered</c>, <c>expired</c> or <c>written_off</c>.
/// </param>
/// <param name="CustomerIdentifier">How AWS knows the buyer, or</param>
/// <param name="CustomerAwsAccountId">the buyer's AWS account id.</param>
/// <param name="LicenseArn">The licence of the agreement.</param>
/// <param name="Reason">What AWS said last, or who did what and why.</param>
/// <param name="AwsRequestId">AWS's request id, where AWS's error came with one.</param>
/// <param name="SettledAt">When that was.</param>
/// <param name="Deadline">Until when AWS takes the record; absent in the answer to an act.</param>
/// <param name="Allocations">How the quantity divides over tag sets; absent where it doesn't.</param>
/// <param name="MergedTags">
/// What of the untagged rest had tags that AWS doesn't take, or for whose set a record has no room; absent for none.
/// </param>
internal sealed record HeldRecordAnswer(
    string Customer,
    string Dimension,
    DateTimeOffset HourStart,
    string AwsDimension,
    DateTimeOffset Timestamp,
    int Quantity,
    string State,
    string? CustomerIdentifier,
    [property: JsonPropertyName("customerAWSAccountId")] string? CustomerAwsAccountId,
    string? LicenseArn,
    string? Reason,
    string? AwsRequestId,
    DateTimeOffset? SettledAt,
    DateTimeOffset? Deadline,
    IReadOnlyList<AllocationAnswer>? Allocations,
    Quantity? MergedTags)
{
    /// <summary>Shows a record.</summary>
    /// <param name="customer">Whose.</param>
    /// <param name="dimension">The dimension that its events named.</param>
    /// <param name="view">The record.</param>
    /// <param name="acceptance">Until when AWS takes records; null when that isn't shown.</param>
    /// <returns>The answer.</returns>
    public static HeldRecordAnswer Of(string customer, string dimension, RecordView view, AcceptanceRules? acceptance)
    {
        var (record, last) = (view.Record, view.Last);
        return new(
            customer,
            dimension,
            DateTimeOffset.FromUnixTimeSeconds(record.Key.HourStartSeconds),
            record.Dimension,
            record.Timestamp,
            record.Quantity,
            RecordWords.NameOf(view.State),
            record.Identity.CustomerIdentifier,
            record.Identity.AwsAccountId,
            record.Identity.LicenseArn,
            last?.Reason,
            RecordWords.RequestIdIn(last?.Reason),
            last?.At,
            acceptance?.Deadline(record.Timestamp),
            AllocationAnswer.Of(record.Allocations),
            RecordAnswer.Shown(view.Notes.MergedTags));
    }
}

/// <summary>A page of records.</summary>
/// <param name="Records">The records, by customer, dimension and hour.</param>
/// <param name="Next">
/// What to send as <c>after</c> to look at the next customers; absent when there are none.
/// </param>
internal sealed record RecordListAnswer(IReadOnlyList<HeldRecordAnswer> Records, string? Next);
