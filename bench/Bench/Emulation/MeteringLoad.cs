using Amazon.AWSMarketplaceMetering;
using Amazon.AWSMarketplaceMetering.Model;
using Amazon.Runtime;

namespace Tally.Bench.Emulation;

/// <summary>Sends batches of 25 new records through an AWS client, signed as always, several at once.</summary>
internal sealed class MeteringLoad(Uri endpoint, TimeProvider time) : IDisposable
{
    private const int BatchSize = 25;

    private readonly AmazonAWSMarketplaceMeteringClient _client = new(
        new BasicAWSCredentials("AKIDEXAMPLE", "secret"),
        new AmazonAWSMarketplaceMeteringConfig
        {
            ServiceURL = endpoint.ToString(),
            AuthenticationRegion = "us-east-1",
            MaxErrorRetry = 0,
        });

    private int _customers;

    /// <summary>Sends until the time is over; returns how many records were accepted.</summary>
    public async Task<(long Records, double Seconds)> Run(int connections, TimeSpan duration)
    {
        var start = time.GetTimestamp();
        var sent = await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(async () =>
        {
            var records = 0L;
            while (time.GetElapsedTime(start) < duration)
                records += await SendBatch();
            return records;
        })));
        return (sent.Sum(), time.GetElapsedTime(start).TotalSeconds);
    }

    public void Dispose() => _client.Dispose();

    private async Task<int> SendBatch()
    {
        var now = time.GetUtcNow().UtcDateTime;
        var first = Interlocked.Add(ref _customers, BatchSize);
        var answer = await _client.BatchMeterUsageAsync(new BatchMeterUsageRequest
        {
            ProductCode = "bench",
            UsageRecords =
            [
                .. Enumerable.Range(first, BatchSize).Select(customer => new UsageRecord
                {
                    CustomerIdentifier = $"customer-{customer}",
                    Dimension = "api_calls",
                    Quantity = 1,
                    Timestamp = now,
                }),
            ],
        });
        return answer.Results.Count(result => result.Status == UsageRecordResultStatus.Success);
    }
}
