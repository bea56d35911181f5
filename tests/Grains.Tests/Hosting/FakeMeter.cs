using Amazon.AWSMarketplaceMetering.Model;

namespace Tally.Grains.Tests.Hosting;

/// <summary>
/// MeterUsage in memory, for one resource of one buyer: a token gets its receipt again, and the first quantity of a
/// dimension and hour holds for ever.
/// </summary>
internal sealed class FakeMeter(TimeSpan period)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, (string Content, string Id)> _tokens = [];
    private readonly Dictionary<(string Dimension, long Hour), (int Quantity, string Id)> _records = [];

    /// <summary>Called before each call; may throw what AWS would.</summary>
    public Func<MeterUsageRequest, Task> BeforeStore { get; set; } = _ => Task.CompletedTask;

    /// <summary>Called after the record is stored; may throw as if the answer were lost.</summary>
    public Func<MeterUsageRequest, Task> AfterStore { get; set; } = _ => Task.CompletedTask;

    /// <summary>What a dry run is answered; AWS has errors for both.</summary>
    public string DryRunCode { get; set; } = "DryRunOperation";

    /// <summary>Every token that came, as often as it came; but for those of dry runs.</summary>
    public List<string> Tokens { get; } = [];

    /// <summary>The allocations of every call that came, as text.</summary>
    public List<string> Allocations { get; } = [];

    /// <summary>What is billed, by dimension and hour.</summary>
    public Dictionary<(string Dimension, long Hour), int> Billed()
    {
        lock (_lock)
        {
            return _records.ToDictionary(pair => pair.Key, pair => pair.Value.Quantity);
        }
    }

    public async Task<MeterUsageResponse> Meter(MeterUsageRequest request)
    {
        if (request.DryRun == true)
        {
            throw AwsErrors.Of(DryRunCode);
        }

        await BeforeStore(request);
        var response = Store(request);
        await AfterStore(request);
        return response;
    }

    private static string AllocationsOf(MeterUsageRequest request) => string.Join(
        ' ',
        (request.UsageAllocations ?? []).Select(allocation =>
            $"{string.Join(',', (allocation.Tags ?? []).Select(tag => $"{tag.Key}={tag.Value}"))}:"
            + $"{allocation.AllocatedUsageQuantity}"));

    private MeterUsageResponse Store(MeterUsageRequest request)
    {
        lock (_lock)
        {
            Tokens.Add(request.ClientToken);
            Allocations.Add(AllocationsOf(request));
            var content =
                $"{request.ProductCode} {request.UsageDimension} {request.Timestamp:O} {request.UsageQuantity} "
                + AllocationsOf(request);
            if (_tokens.TryGetValue(request.ClientToken, out var known))
            {
                return known.Content == content
                    ? new() { MeteringRecordId = known.Id }
                    : throw AwsErrors.Of("IdempotencyConflictException");
            }

            var hour = new DateTimeOffset(request.Timestamp!.Value).ToUnixTimeSeconds() / (long)period.TotalSeconds;
            var key = (request.UsageDimension, hour);
            _records.TryAdd(key, (request.UsageQuantity ?? 0, Guid.NewGuid().ToString()));
            var record = _records[key];
            if (record.Quantity != request.UsageQuantity)
            {
                throw AwsErrors.Of("DuplicateRequestException");
            }

            _tokens[request.ClientToken] = (content, record.Id);
            return new() { MeteringRecordId = record.Id };
        }
    }
}
