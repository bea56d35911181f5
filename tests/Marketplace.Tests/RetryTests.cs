using Amazon.AWSMarketplaceMetering.Model;
using Amazon.AWSMarketplaceMetering.Tests.Stub;

namespace Amazon.AWSMarketplaceMetering.Tests;

/// <summary>What AWSSDK.Core does with this client's errors: retries, limits, cancellation.</summary>
public sealed class RetryTests
{
    [Theory]
    [InlineData("ThrottlingException", 400)]
    [InlineData("InternalServiceErrorException", 500)]
    public async Task MeterUsage_PassingError_IsRetriedWithTheSameTokenAndBody(string code, int status)
    {
        await using var service = await StubService.StartAsync(
            Answer.Error(code, status), Answer.Ok("""{"MeteringRecordId":"id"}"""));
        using var client = service.Client(config => config.MaxErrorRetry = 1);

        var response = await client.MeterUsageAsync(new MeterUsageRequest { UsageQuantity = 1 });

        Assert.Equal("id", response.MeteringRecordId);
        Assert.Equal(2, service.Requests.Count);
        Assert.NotEqual("", service.Requests[0].Json["ClientToken"]!.GetValue<string>());
        Assert.Equal(service.Requests[0].Text, service.Requests[1].Text);
    }

    [Theory]
    [InlineData("ThrottlingException", 400, 0, 1)]
    [InlineData("ThrottlingException", 400, 1, 2)]
    [InlineData("InternalServiceErrorException", 500, 0, 1)]
    [InlineData("InvalidProductCodeException", 400, 2, 1)]
    [InlineData("AccessDeniedException", 400, 2, 1)]
    public async Task Call_LastingError_IsTriedAsOftenAsConfigured(string code, int status, int retries, int attempts)
    {
        await using var service = await StubService.StartAsync(Answer.Error(code, status));
        using var client = service.Client(config => config.MaxErrorRetry = retries);

        var exception = await Assert.ThrowsAnyAsync<AmazonAWSMarketplaceMeteringException>(
            () => client.BatchMeterUsageAsync(new BatchMeterUsageRequest()));

        Assert.Equal(code, exception.ErrorCode);
        Assert.Equal(attempts, service.Requests.Count);
    }

    [Fact]
    public void Config_Defaults_AreTwoRetriesInStandardMode()
    {
        var config = new AmazonAWSMarketplaceMeteringConfig();

        Assert.Equal(2, config.MaxErrorRetry);
        Assert.Equal(Runtime.RequestRetryMode.Standard, config.RetryMode);
    }

    [Fact]
    public async Task Call_CancelledWhileTheServiceThinks_EndsAtOnce()
    {
        await using var service = await StubService.StartAsync();
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var answer = new TaskCompletionSource<Answer>(TaskCreationOptions.RunContinuationsAsynchronously);
        service.Reply = _ =>
        {
            arrived.SetResult();
            return answer.Task;
        };
        using var client = service.Client(config => config.MaxErrorRetry = 2);
        using var cancellation = new CancellationTokenSource();

        var call = client.BatchMeterUsageAsync(new BatchMeterUsageRequest(), cancellation.Token);
        await arrived.Task;
        await cancellation.CancelAsync();

        _ = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        _ = Assert.Single(service.Requests);
        answer.SetResult(Answer.Ok());
    }

    [Fact]
    public async Task Call_CancelledBefore_IsNotSent()
    {
        await using var service = await StubService.StartAsync();
        using var client = service.Client();

        _ = await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => client.BatchMeterUsageAsync(new BatchMeterUsageRequest(), new CancellationToken(canceled: true)));

        Assert.Empty(service.Requests);
    }

    [Fact]
    public async Task Call_ServiceSilentBeyondTheTimeout_Fails()
    {
        await using var service = await StubService.StartAsync();
        var answer = new TaskCompletionSource<Answer>(TaskCreationOptions.RunContinuationsAsynchronously);
        service.Reply = _ => answer.Task;
        using var client = service.Client(config => config.Timeout = TimeSpan.FromMilliseconds(50));

        var exception = await Record.ExceptionAsync(() => client.MeterUsageAsync(new MeterUsageRequest()));

        Assert.NotNull(exception);
        answer.SetResult(Answer.Ok());
    }
}
