using System.Globalization;
using Tally.Api.Compatibility.Wire;
using Tally.Domain.Catalogue;
using Tally.Domain.Counting;

namespace Tally.Api.Compatibility.Metering;

/// <summary>BatchMeterUsage: up to 25 records of any customers of one product.</summary>
/// <param name="products">Which products there are.</param>
/// <param name="identities">Who customers are.</param>
/// <param name="poster">Counts records.</param>
internal sealed class BatchMetering(NamedProducts products, KnownIdentities identities, RecordPoster poster)
{
    private const int RecordsMax = 25;

    /// <summary>Does it.</summary>
    /// <param name="call">The call.</param>
    /// <returns>The answer.</returns>
    public async Task<AwsAnswer> Run(AwsCall call)
    {
        var request = call.Read(AwsJsonContext.Default.BatchMeterUsageRequest);
        if (request.UsageRecords is not { } records || records.Any(record => record is null))
        {
            return AwsAnswer.Of(AwsError.Validation("usageRecords", "not be null"));
        }

        if (records.Count > RecordsMax)
        {
            return AwsAnswer.Of(AwsError.Validation(
                "usageRecords", $"have length less than or equal to {RecordsMax}"));
        }

        var (checkedRecords, error) = await Check(call, request.ProductCode, records);
        if (checkedRecords is null)
        {
            return AwsAnswer.Of(error!);
        }

        var fates = await Task.WhenAll(checkedRecords.Select(record => poster.Post(record, call.Stop)));
        return Answer(records, checkedRecords, fates);
    }

    private async Task<(List<MeteredRecord>? Records, AwsError? Error)> Check(
        AwsCall call, string? productCode, IReadOnlyList<UsageRecord> records)
    {
        var (product, unknown) = await products.Find(
            call.Tenant, productCode, [.. records.Select(record => record.Dimension ?? "")]);
        if (product is null)
        {
            return (null, unknown);
        }

        if (product.OnlyCustomer is not null)
        {
            return (null, NamedProducts.Invalid("The product is metered by MeterUsage."));
        }

        var ready = new List<MeteredRecord>();
        var buyers = new HashSet<CustomerIdentity>();
        foreach (var (index, record) in records.Index())
        {
            var path = string.Create(CultureInfo.InvariantCulture, $"usageRecords.{index + 1}.member");
            var (identity, unnamed) = RecordRules.IdentityOf(record, path);
            if (identity is null)
            {
                return (null, unnamed);
            }

            var (metered, wrong) = RecordRules.Read(product, CustomerNames.Of(identity), record, path);
            if (metered is null)
            {
                return (null, wrong);
            }

            ready.Add(metered);
            buyers.Add(identity);
        }

        foreach (var buyer in buyers)
        {
            await identities.Introduce(product.Key, buyer);
        }

        return (ready, null);
    }

    private static AwsAnswer Answer(
        IReadOnlyList<UsageRecord> sent, List<MeteredRecord> records, RecordFate[] fates)
    {
        if (fates.Length > 0 && fates.All(fate => !fate.IsKnown))
        {
            return AwsAnswer.Of(RecordFates.ErrorOf(fates[0]));
        }

        var results = new List<UsageRecordResult>();
        var unprocessed = new List<UsageRecord>();
        for (var index = 0; index < fates.Length; index++)
        {
            var fate = fates[index];
            if (!fate.IsKnown)
            {
                unprocessed.Add(sent[index]);
            }
            else if (StatusOf(fate.Status) is { } status)
            {
                results.Add(new(records[index].MeteringRecordId, status, sent[index]));
            }
            else
            {
                // The others are counted; sent again without this one they are recognised.
                return AwsAnswer.Of(RecordFates.ErrorOf(fate));
            }
        }

        return AwsAnswer.Of(
            new BatchMeterUsageResult(results, unprocessed), AwsJsonContext.Default.BatchMeterUsageResult);
    }

    private static string? StatusOf(CountStatus status) => status switch
    {
        CountStatus.Counted or CountStatus.Duplicate => "Success",
        CountStatus.Conflict => "DuplicateRecord",
        CountStatus.NotSubscribed => "CustomerNotSubscribed",
        _ => null,
    };
}
