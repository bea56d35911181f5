using Amazon.AWSMarketplaceMetering;
using Amazon.AWSMarketplaceMetering.Model;
using Amazon.Runtime;
using Amazon.Runtime.Endpoints;

namespace Tally.Grains.Tests.Hosting;

/// <summary>
/// AWS at its border, in memory: the first quantity for a customer, dimension and metering hour holds for ever.
/// </summary>
internal sealed class FakeMarketplace(TimeSpan period) : IAmazonAWSMarketplaceMetering
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(string? Customer, string? Dimension, long Hour), (int Quantity, string Id)>
        _records = [];

    /// <summary>Called before each call with its records; may throw what AWS would.</summary>
    public Func<BatchMeterUsageRequest, Task> BeforeStore { get; set; } = _ => Task.CompletedTask;

    /// <summary>Called after the records of a call are stored; may throw as if the answer were lost.</summary>
    public Func<BatchMeterUsageRequest, Task> AfterStore { get; set; } = _ => Task.CompletedTask;

    /// <summary>Leaves a record unprocessed.</summary>
    public Func<UsageRecord, bool> LeaveUnprocessed { get; set; } = _ => false;

    /// <summary>What comes by MeterUsage.</summary>
    public FakeMeter Meter { get; } = new(period);

    /// <summary>Who comes with a registration token; may throw what AWS would.</summary>
    public Func<ResolveCustomerRequest, ResolveCustomerResponse> Resolve { get; set; } =
        _ => throw new NotSupportedException();

    /// <summary>What registrations are answered.</summary>
    public FakeRegistration Registration { get; } = new();

    /// <summary>Customers that are not subscribed.</summary>
    public HashSet<string> Unsubscribed { get; } = [];

    /// <summary>The sizes of all calls that were answered.</summary>
    public List<int> CallSizes { get; } = [];

    /// <summary>Every timestamp and quantity that was ever sent, per record.</summary>
    public Dictionary<(string? Customer, string? Dimension, long Hour), HashSet<(DateTime?, int?)>> Sent { get; } = [];

    public IClientConfig Config => throw new NotSupportedException();

    /// <summary>What AWS bills: the sum per customer and dimension.</summary>
    public Dictionary<(string Customer, string Dimension), long> Billed()
    {
        lock (_lock)
        {
            return _records
                .GroupBy(pair => (pair.Key.Customer!, pair.Key.Dimension!))
                .ToDictionary(group => group.Key, group => group.Sum(pair => (long)pair.Value.Quantity));
        }
    }

    public async Task<BatchMeterUsageResponse> BatchMeterUsageAsync(
        BatchMeterUsageRequest request, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            foreach (var record in request.UsageRecords)
            {
                var key = KeyOf(record);
                Sent.TryAdd(key, []);
                Sent[key].Add((record.Timestamp, record.Quantity));
            }
        }

        await BeforeStore(request);
        var response = Store(request);
        await AfterStore(request);
        return response;
    }

    public Task<MeterUsageResponse> MeterUsageAsync(
        MeterUsageRequest request, CancellationToken cancellationToken = default) => Meter.Meter(request);

    public Task<RegisterUsageResponse> RegisterUsageAsync(
        RegisterUsageRequest request, CancellationToken cancellationToken = default) => Registration.Answer(request);

    public Task<ResolveCustomerResponse> ResolveCustomerAsync(
        ResolveCustomerRequest request, CancellationToken cancellationToken = default) =>
        Task.FromResult(Resolve(request));

    public Endpoint DetermineServiceOperationEndpoint(AmazonWebServiceRequest request) =>
        throw new NotSupportedException();

    public void Dispose() => Registration.Dispose();

    private BatchMeterUsageResponse Store(BatchMeterUsageRequest request)
    {
        lock (_lock)
        {
            CallSizes.Add(request.UsageRecords.Count);
            var response = new BatchMeterUsageResponse { Results = [], UnprocessedRecords = [] };
            foreach (var record in request.UsageRecords)
            {
                if (LeaveUnprocessed(record))
                {
                    response.UnprocessedRecords.Add(record);
                    continue;
                }

                var (status, id) = Store(record);
                response.Results.Add(new() { UsageRecord = record, Status = status, MeteringRecordId = id });
            }

            response.Results.Reverse();
            return response;
        }
    }

    private (UsageRecordResultStatus Status, string? Id) Store(UsageRecord record)
    {
        if (Unsubscribed.Contains(record.CustomerIdentifier))
        {
            return (UsageRecordResultStatus.CustomerNotSubscribed, null);
        }

        var key = KeyOf(record);
        if (!_records.TryGetValue(key, out var stored))
        {
            _records[key] = stored = (record.Quantity ?? 0, Guid.NewGuid().ToString());
        }

        return stored.Quantity == record.Quantity
            ? (UsageRecordResultStatus.Success, stored.Id)
            : (UsageRecordResultStatus.DuplicateRecord, stored.Id);
    }

    private (string? Customer, string? Dimension, long Hour) KeyOf(UsageRecord record) => (
        record.CustomerIdentifier,
        record.Dimension,
        new DateTimeOffset(record.Timestamp!.Value).ToUnixTimeSeconds() / (long)period.TotalSeconds);
}
