using Tally.Api.Compatibility.Wire;
using Tally.Domain.Catalogue;

namespace Tally.Api.Compatibility.Metering;

/// <summary>MeterUsage: usage of a product that runs in its buyer's own account.</summary>
/// <remarks>
/// The platform sums what is metered in an hour, so a call is known by its dimension and time, not by its client token:
/// AWS's clients make a new token for each call that names none.
/// </remarks>
/// <param name="products">Which products there are.</param>
/// <param name="poster">Counts records.</param>
internal sealed class OwnMetering(NamedProducts products, RecordPoster poster)
{
    private const int TokenLengthMax = 64;

    /// <summary>Does it.</summary>
    /// <param name="call">The call.</param>
    /// <returns>The answer.</returns>
    public async Task<AwsAnswer> Run(AwsCall call)
    {
        var request = call.Read(AwsJsonContext.Default.MeterUsageRequest);
        var (record, error) = await Check(call, request);
        if (record is null)
        {
            return AwsAnswer.Of(error!);
        }

        if (request.DryRun is true)
        {
            return AwsAnswer.Of(new AwsError(
                "DryRunOperation", "Request would have succeeded, but DryRun flag is set."));
        }

        var fate = await poster.Post(record, call.Stop);
        return fate.IsRecorded
            ? AwsAnswer.Of(new MeterUsageResult(record.MeteringRecordId), AwsJsonContext.Default.MeterUsageResult)
            : AwsAnswer.Of(RecordFates.ErrorOf(fate));
    }

    private async Task<(MeteredRecord? Record, AwsError? Error)> Check(AwsCall call, MeterUsageRequest request)
    {
        if (request.ProductCode is null)
        {
            return (null, AwsError.Validation("productCode", "not be null"));
        }

        if (request.ClientToken is { Length: 0 or > TokenLengthMax })
        {
            return (null, AwsError.Validation("clientToken", $"have length from 1 to {TokenLengthMax}"));
        }

        if (request.UsageDimension is null)
        {
            return (null, AwsError.Validation("usageDimension", "not be null"));
        }

        var (product, unknown) = await products.Find(call.Tenant, request.ProductCode, [request.UsageDimension]);
        if (product is null)
        {
            return (null, unknown);
        }

        if (product.OnlyCustomer is null)
        {
            return (null, NamedProducts.Invalid("The product is metered by BatchMeterUsage."));
        }

        var record = new UsageRecord(
            null, null, request.UsageDimension, null, request.UsageQuantity, request.Timestamp,
            request.UsageAllocations);
        return RecordRules.Read(product, ProductDefinition.OwnCustomer, record, "meterUsage");
    }
}
