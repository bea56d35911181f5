using System.Text.Json.Serialization;
using Tally.Api.Records;
using Tally.Domain.Catalogue;
using Tally.Domain.Reconciliation;

namespace Tally.Api.Reconciliation;

/// <summary>How many records, and their quantities together.</summary>
/// <param name="Records">How many there are.</param>
/// <param name="Quantity">The sum of their quantities.</param>
internal readonly record struct RecordSumAnswer(long Records, long Quantity)
{
    /// <summary>Shows a sum.</summary>
    /// <param name="sum">The sum.</param>
    /// <returns>The answer.</returns>
    public static RecordSumAnswer Of(RecordSum sum) => new(sum.Records, sum.Quantity);
}

/// <summary>Both sides of a dimension.</summary>
/// <param name="AwsDimension">The dimension at AWS.</param>
/// <param name="Here">What is delivered here.</param>
/// <param name="There">What the evidence has.</param>
internal sealed record DimensionSumsAnswer(string AwsDimension, RecordSumAnswer Here, RecordSumAnswer There);

/// <summary>Something that the ledger and the evidence don't say alike.</summary>
/// <param name="Kind">In which way; the API's description has the words.</param>
/// <param name="Cause">The likely cause, and what to do.</param>
/// <param name="HourStart">The first moment of its hour, or of its day where days are compared.</param>
/// <param name="AwsDimension">The dimension at AWS.</param>
/// <param name="CustomerIdentifier">How AWS knows the buyer, or</param>
/// <param name="CustomerAwsAccountId">the buyer's AWS account id.</param>
/// <param name="LicenseArn">The licence of the agreement.</param>
/// <param name="Customer">What events call the customer; absent for sums, and where nothing is here.</param>
/// <param name="Dimension">The dimension that the record's events named.</param>
/// <param name="State">The record's state here.</param>
/// <param name="QuantityHere">The quantity here.</param>
/// <param name="QuantityThere">The quantity that the evidence has.</param>
/// <param name="ReceiptHere">AWS's receipt as it is written here.</param>
/// <param name="ReceiptsThere">AWS's receipts in the evidence, at most ten.</param>
/// <param name="Lines">Where it stands in the evidence, at most ten lines.</param>
/// <param name="Refusals">What AWS answered by the evidence where it didn't take it.</param>
internal sealed record DifferenceAnswer(
    string Kind,
    string Cause,
    DateTimeOffset HourStart,
    string AwsDimension,
    string? CustomerIdentifier,
    [property: JsonPropertyName("customerAWSAccountId")] string? CustomerAwsAccountId,
    string? LicenseArn,
    string? Customer,
    string? Dimension,
    string? State,
    long? QuantityHere,
    long? QuantityThere,
    string? ReceiptHere,
    IReadOnlyList<string>? ReceiptsThere,
    IReadOnlyList<int>? Lines,
    IReadOnlyList<string>? Refusals)
{
    /// <summary>Shows a difference.</summary>
    /// <param name="product">The product, which knows what its dimensions are called.</param>
    /// <param name="one">The difference.</param>
    /// <returns>The answer.</returns>
    public static DifferenceAnswer Of(ProductDefinition product, Difference one) => new(
        DifferenceKinds.NameOf(one.Kind),
        one.Cause,
        DateTimeOffset.FromUnixTimeSeconds(one.StartSeconds),
        one.Dimension,
        one.Identity.CustomerIdentifier,
        one.Identity.AwsAccountId,
        one.Identity.LicenseArn,
        one.Customer,
        one.Record is { } key ? product.Dimensions.ElementAtOrDefault(key.Ordinal)?.Name : null,
        one.State is { } state ? RecordWords.NameOf(state) : null,
        one.QuantityHere,
        one.QuantityThere,
        one.ReceiptHere,
        Some(one.ReceiptsThere),
        Some(one.Lines),
        Some(one.Refusals));

    private static IReadOnlyList<T>? Some<T>(IReadOnlyList<T> items) => items.Count == 0 ? null : items;
}

/// <summary>What was compared.</summary>
/// <param name="Here">What is delivered here, shadowed records included.</param>
/// <param name="There">What AWS has by the evidence.</param>
/// <param name="Shadowed">The part of it here that was computed and not sent.</param>
/// <param name="Equal">In how many records, or sums, both say the same.</param>
/// <param name="Different">How many differences there are, those that are not shown included.</param>
/// <param name="Kinds">How many there are of each kind.</param>
/// <param name="Dimensions">Both sides of each dimension.</param>
/// <param name="Undelivered">Records that AWS doesn't have as far as is known here, by state.</param>
/// <param name="Refused">Records of the evidence that AWS didn't take.</param>
/// <param name="Outside">Records of the evidence from before or after the hours compared.</param>
/// <param name="OtherProducts">Records of the evidence that are other products'.</param>
internal sealed record ComparedAnswer(
    RecordSumAnswer Here,
    RecordSumAnswer There,
    RecordSumAnswer Shadowed,
    long Equal,
    long Different,
    IReadOnlyDictionary<string, long> Kinds,
    IReadOnlyList<DimensionSumsAnswer> Dimensions,
    IReadOnlyDictionary<string, RecordSumAnswer> Undelivered,
    long Refused,
    long Outside,
    long OtherProducts)
{
    /// <summary>Shows what was compared.</summary>
    /// <param name="summary">What was compared.</param>
    /// <returns>The answer.</returns>
    public static ComparedAnswer Of(ReconciliationSummary summary) => new(
        RecordSumAnswer.Of(summary.Here),
        RecordSumAnswer.Of(summary.There),
        RecordSumAnswer.Of(summary.Shadowed),
        summary.Equal,
        summary.Counts.Values.Sum(),
        summary.Counts.ToDictionary(pair => DifferenceKinds.NameOf(pair.Key), pair => pair.Value),
        [
            .. summary.Dimensions.Select(pair => new DimensionSumsAnswer(
                pair.Key, RecordSumAnswer.Of(pair.Value.Here), RecordSumAnswer.Of(pair.Value.There))),
        ],
        summary.Undelivered.ToDictionary(
            pair => RecordWords.NameOf(pair.Key), pair => RecordSumAnswer.Of(pair.Value)),
        summary.Refused,
        summary.Outside,
        summary.OtherProducts);
}

/// <summary>What came of comparing the ledger with evidence.</summary>
/// <param name="Evidence">What the evidence is.</param>
/// <param name="From">The first hour.</param>
/// <param name="To">The hour behind the last one.</param>
/// <param name="By">What was compared: <c>hour</c> or <c>day</c>.</param>
/// <param name="IgnoresCustomers">Whether customers were not told apart.</param>
/// <param name="Agrees">Whether there is no difference.</param>
/// <param name="Summary">What was compared.</param>
/// <param name="Differences">The first differences, by hour, dimension and buyer.</param>
/// <param name="Truncated">Whether there are more.</param>
internal sealed record EvidenceAnswer(
    string Evidence,
    DateTimeOffset From,
    DateTimeOffset To,
    string By,
    bool IgnoresCustomers,
    bool Agrees,
    ComparedAnswer Summary,
    IReadOnlyList<DifferenceAnswer> Differences,
    bool Truncated);
