using System.Text.Json.Serialization;
using Tally.Domain.Catalogue;
using Tally.Domain.Ledger;

namespace Tally.Api.Ledger;

/// <summary>One thing that happened to a usage record.</summary>
/// <param name="Sequence">Its place in the ledger; later lines have higher ones, and there may be gaps.</param>
/// <param name="At">When it happened.</param>
/// <param name="Kind">What happened; the API's description has the words.</param>
/// <param name="Customer">What events call the customer.</param>
/// <param name="Dimension">The dimension that its events named.</param>
/// <param name="HourStart">The first moment of the record's hour.</param>
/// <param name="AwsDimension">The dimension under which it is sent; another one once it was corrected.</param>
/// <param name="Timestamp">The record's timestamp.</param>
/// <param name="Quantity">How many whole units.</param>
/// <param name="CustomerIdentifier">How AWS knows the buyer, or</param>
/// <param name="CustomerAwsAccountId">the buyer's AWS account id.</param>
/// <param name="LicenseArn">The licence of the agreement.</param>
/// <param name="MeteringRecordId">AWS's receipt.</param>
/// <param name="Code">AWS's status of the record, or its error code.</param>
/// <param name="Message">What AWS said with an error.</param>
/// <param name="AwsRequestId">AWS's id of the call that answered.</param>
/// <param name="By">The name of the key of whoever did it.</param>
/// <param name="Reason">Why, in words.</param>
internal sealed record LedgerLineAnswer(
    long Sequence,
    DateTimeOffset At,
    string Kind,
    string Customer,
    string Dimension,
    DateTimeOffset HourStart,
    string AwsDimension,
    DateTimeOffset Timestamp,
    int Quantity,
    string? CustomerIdentifier,
    [property: JsonPropertyName("customerAWSAccountId")] string? CustomerAwsAccountId,
    string? LicenseArn,
    string? MeteringRecordId,
    string? Code,
    string? Message,
    string? AwsRequestId,
    string? By,
    string? Reason)
{
    /// <summary>Shows a line.</summary>
    /// <param name="product">The product, which knows what its dimensions are called.</param>
    /// <param name="row">The line.</param>
    /// <returns>The answer.</returns>
    public static LedgerLineAnswer Of(ProductDefinition product, LedgerRow row)
    {
        var (line, record) = (row.Line, row.Line.Record);
        return new(
            row.Sequence,
            line.At,
            LedgerKinds.NameOf(line.Kind),
            line.Customer.Customer,
            product.Dimensions.ElementAtOrDefault(record.Key.Ordinal)?.Name ?? record.Dimension,
            DateTimeOffset.FromUnixTimeSeconds(record.Key.HourStartSeconds),
            record.Dimension,
            record.Timestamp,
            record.Quantity,
            record.Identity.CustomerIdentifier,
            record.Identity.AwsAccountId,
            record.Identity.LicenseArn,
            line.MeteringRecordId,
            line.Code,
            line.Message,
            line.RequestId,
            line.By,
            line.Reason);
    }
}

/// <summary>A page of the ledger.</summary>
/// <param name="Lines">The lines, in the order in which they were written.</param>
/// <param name="Next">What to send as <c>after</c> for the lines behind them; absent at the end.</param>
internal sealed record LedgerAnswer(IReadOnlyList<LedgerLineAnswer> Lines, long? Next);
