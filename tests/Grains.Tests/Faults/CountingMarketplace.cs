using Amazon.AWSMarketplaceMetering;
using Amazon.AWSMarketplaceMetering.Model;
using Amazon.Runtime;
using Amazon.Runtime.Endpoints;

namespace Tally.Grains.Tests.Faults;

/// <summary>The way to the emulator. It counts the calls, and can hide what an error's message names.</summary>
internal sealed class CountingMarketplace(IAmazonAWSMarketplaceMetering inner) : IAmazonAWSMarketplaceMetering
{
    private int _calls;

    public int Calls => _calls;

    /// <summary>Whether errors arrive with a message that names nothing.</summary>
    public bool HidesNames { get; set; }

    /// <summary>The request ids of the calls that were refused.</summary>
    public List<string> RefusedIds { get; } = [];

    public IClientConfig Config => inner.Config;

    public async Task<BatchMeterUsageResponse> BatchMeterUsageAsync(
        BatchMeterUsageRequest request, CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref _calls);
        try
        {
            return await inner.BatchMeterUsageAsync(request, cancellationToken);
        }
        catch (AmazonServiceException exception)
        {
            lock (RefusedIds)
            {
                RefusedIds.Add(exception.RequestId);
            }

            if (HidesNames)
            {
                throw new AmazonAWSMarketplaceMeteringException("One of the records is invalid.")
                {
                    ErrorCode = exception.ErrorCode,
                    RequestId = exception.RequestId,
                    StatusCode = exception.StatusCode,
                };
            }

            throw;
        }
    }

    public Task<MeterUsageResponse> MeterUsageAsync(
        MeterUsageRequest request, CancellationToken cancellationToken = default) =>
        inner.MeterUsageAsync(request, cancellationToken);

    public Task<RegisterUsageResponse> RegisterUsageAsync(
        RegisterUsageRequest request, CancellationToken cancellationToken = default) =>
        inner.RegisterUsageAsync(request, cancellationToken);

    public Task<ResolveCustomerResponse> ResolveCustomerAsync(
        ResolveCustomerRequest request, CancellationToken cancellationToken = default) =>
        inner.ResolveCustomerAsync(request, cancellationToken);

    public Endpoint DetermineServiceOperationEndpoint(AmazonWebServiceRequest request) =>
        inner.DetermineServiceOperationEndpoint(request);

    public void Dispose()
    {
    }
}
