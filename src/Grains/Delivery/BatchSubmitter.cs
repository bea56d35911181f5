using Amazon.AWSMarketplaceMetering;
using Amazon.AWSMarketplaceMetering.Model;
using Tally.Domain.Delivery;
using Tally.Domain.Sealing;
using AwsRecord = Amazon.AWSMarketplaceMetering.Model.UsageRecord;

namespace Tally.Grains.Delivery;

/// <summary>Makes one BatchMeterUsage call and reads its answer.</summary>
internal static class BatchSubmitter
{
    /// <summary>Sends records as they are stored; no rounding, nothing but their own fields.</summary>
    /// <param name="client">The AWS client.</param>
    /// <param name="productCode">The product.</param>
    /// <param name="batch">At most 25 records.</param>
    /// <param name="clock">What time it is.</param>
    /// <param name="cancellationToken">Gives up; whether the records were stored is then not known.</param>
    /// <returns>What came of it; errors of the call are returned, not thrown.</returns>
    public static Task<SubmitAnswer> Submit(
        IAmazonAWSMarketplaceMetering client,
        string productCode,
        IReadOnlyList<PendingRecord> batch,
        TimeProvider clock,
        CancellationToken cancellationToken)
    {
        var request = new BatchMeterUsageRequest
        {
            ProductCode = productCode,
            UsageRecords = [.. batch.Select(pending => ToAws(pending.Record))],
        };
        return CallErrors.Caught(() => Call(client, request, cancellationToken), clock, cancellationToken);
    }

    private static async Task<SubmitAnswer> Call(
        IAmazonAWSMarketplaceMetering client,
        BatchMeterUsageRequest request,
        CancellationToken cancellationToken)
    {
        var response = await client.BatchMeterUsageAsync(request, cancellationToken);
        return new(Match(request.UsageRecords, response.Results ?? []), null)
        {
            RequestId = response.ResponseMetadata?.RequestId,
        };
    }

    /// <summary>
    /// Finds each record's result by what it says, as AWS doesn't promise an order. Records that aren't among the
    /// results, unprocessed ones included, stay waiting.
    /// </summary>
    private static List<RecordAnswer> Match(List<AwsRecord> sent, List<UsageRecordResult> results)
    {
        Dictionary<RecordIdentity, UsageRecordResult>? byRecord = null;
        var answers = new List<RecordAnswer>(sent.Count);
        for (var index = 0; index < sent.Count; index++)
        {
            // Mostly they come in the order of the records.
            var identity = RecordIdentity.Of(sent[index]);
            var result = index < results.Count
                && results[index].UsageRecord is { } echo && RecordIdentity.Of(echo) == identity
                    ? results[index]
                    : (byRecord ??= ByRecord(results)).GetValueOrDefault(identity);
            var status = result?.Status?.Value;
            answers.Add(new(OutcomeClassifier.ClassifyStatus(status), result?.MeteringRecordId, status));
        }

        return answers;
    }

    private static Dictionary<RecordIdentity, UsageRecordResult> ByRecord(List<UsageRecordResult> results)
    {
        var byRecord = new Dictionary<RecordIdentity, UsageRecordResult>();
        foreach (var result in results)
        {
            if (result.UsageRecord is { } echo)
            {
                byRecord[RecordIdentity.Of(echo)] = result;
            }
        }

        return byRecord;
    }

    private static AwsRecord ToAws(Domain.Sealing.UsageRecord record) => new()
    {
        CustomerIdentifier = record.Identity.CustomerIdentifier,
        CustomerAWSAccountId = record.Identity.AwsAccountId,
        LicenseArn = record.Identity.LicenseArn,
        Dimension = record.Dimension,
        Timestamp = record.Timestamp.UtcDateTime,
        Quantity = record.Quantity,
        UsageAllocations = AwsAllocations.Of(record.Allocations),
    };

    private readonly record struct RecordIdentity(
        string? CustomerIdentifier,
        string? AccountId,
        string? LicenseArn,
        string? Dimension,
        long? Timestamp)
    {
        public static RecordIdentity Of(AwsRecord record) => new(
            record.CustomerIdentifier,
            record.CustomerAWSAccountId,
            record.LicenseArn,
            record.Dimension,
            record.Timestamp is { } time ? new DateTimeOffset(time.ToUniversalTime()).ToUnixTimeSeconds() : null);
    }
}
