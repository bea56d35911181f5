using Amazon.AWSMarketplaceMetering;
using Amazon.AWSMarketplaceMetering.Model;
using Tally.Domain.Catalogue;
using Tally.Domain.Delivery;
using Tally.Domain.Sealing;

namespace Tally.Grains.Delivery;

/// <summary>Makes MeterUsage calls, a record each, and reads their answers.</summary>
/// <param name="client">The AWS client, with the credentials of the buyer's account.</param>
/// <param name="product">The product.</param>
/// <param name="installation">What tells this installation's records from those of others; never changes.</param>
/// <param name="clock">What time it is.</param>
internal sealed class MeterUsageSubmitter(
    IAmazonAWSMarketplaceMetering client, ProductKey product, string installation, TimeProvider clock)
{
    private const string Accepted = "Success";

    /// <summary>Sends a record as it is stored.</summary>
    /// <param name="record">The record. The customer isn't sent: it is whose credentials the client has.</param>
    /// <param name="cancellationToken">Gives up; whether the record was stored is then not known.</param>
    /// <returns>What came of it; errors of the call are returned, not thrown.</returns>
    /// <remarks>
    /// AWS gives the same receipt to the same token and content however often it is sent. DuplicateRequestException
    /// and IdempotencyConflictException therefore say that AWS holds another sender's quantity for the hour; a person
    /// has to look.
    /// </remarks>
    public Task<SubmitAnswer> Submit(PendingRecord record, CancellationToken cancellationToken)
    {
        var request = new MeterUsageRequest
        {
            ProductCode = product.Code,
            Timestamp = record.Record.Timestamp.UtcDateTime,
            UsageDimension = record.Record.Dimension,
            UsageQuantity = record.Record.Quantity,
            UsageAllocations = AwsAllocations.Of(record.Record.Allocations),
            ClientToken = RecordToken.Of(installation, product, record),
        };
        return CallErrors.Caught(() => Call(request, cancellationToken), clock, cancellationToken);
    }

    private async Task<SubmitAnswer> Call(MeterUsageRequest request, CancellationToken cancellationToken)
    {
        var response = await client.MeterUsageAsync(request, cancellationToken);
        return new([new(RecordState.Delivered, response.MeteringRecordId, Accepted)], null)
        {
            RequestId = response.ResponseMetadata?.RequestId,
        };
    }
}
