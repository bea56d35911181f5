using Amazon.AWSMarketplaceMetering;
using Amazon.AWSMarketplaceMetering.Model;
using Tally.Api.Tests.Stage;
using static Tally.Api.Tests.Compatibility.AwsStage;

namespace Tally.Api.Tests.Compatibility;

public sealed class OwnMeteringTests(AwsStage stage) : IClassFixture<AwsStage>
{
    [Fact]
    public async Task MeterUsage_SeveralTimesInAnHour_IsSummedAndRepetitionsAreRecognised()
    {
        var (seller, aws) = await NewAgent();

        var first = await aws.MeterUsageAsync(Usage(3), TestContext.Current.CancellationToken);
        var again = await aws.MeterUsageAsync(Usage(3), TestContext.Current.CancellationToken);
        await aws.MeterUsageAsync(Usage(4, second: 1), TestContext.Current.CancellationToken);

        Assert.Equal(first.MeteringRecordId, again.MeteringRecordId);
        Assert.Equal(7m, await Counted(seller, "self", product: "agent"));
    }

    [Fact]
    public async Task MeterUsage_OtherQuantity_IsADuplicateRequest()
    {
        var (_, aws) = await NewAgent();
        await aws.MeterUsageAsync(Usage(3), TestContext.Current.CancellationToken);

        await Assert.ThrowsAsync<DuplicateRequestException>(
            () => aws.MeterUsageAsync(Usage(4), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task MeterUsage_DryRun_CountsNothing()
    {
        var (seller, aws) = await NewAgent();
        var usage = Usage(3);
        usage.DryRun = true;

        var exception = await Assert.ThrowsAnyAsync<AmazonAWSMarketplaceMeteringException>(
            () => aws.MeterUsageAsync(usage, TestContext.Current.CancellationToken));

        Assert.Equal("DryRunOperation", exception.ErrorCode);
        Assert.Equal(0m, await Counted(seller, "self", product: "agent"));
    }

    [Fact]
    public async Task Calls_OfTheOtherChannel_AreForAnotherProduct()
    {
        var (_, aws) = await NewAgent();
        var batch = new BatchMeterUsageRequest { ProductCode = "agent", UsageRecords = [Record(1)] };

        await Assert.ThrowsAsync<InvalidProductCodeException>(
            () => aws.BatchMeterUsageAsync(batch, TestContext.Current.CancellationToken));
        await Assert.ThrowsAsync<InvalidProductCodeException>(
            () => aws.MeterUsageAsync(Usage(1, product: "p"), TestContext.Current.CancellationToken));
    }

    private static MeterUsageRequest Usage(int quantity, int second = 0, string product = "agent") => new()
    {
        ProductCode = product,
        UsageDimension = "calls",
        UsageQuantity = quantity,
        Timestamp = UsageTime.AddSeconds(second),
    };

    private async Task<(Seller Seller, IAmazonAWSMarketplaceMetering Aws)> NewAgent()
    {
        var (seller, aws) = await stage.NewSeller();
        var answer = await seller.Put(
            "/v1/products/agent", """{ "name": "Agent", "channel": "meter_usage", "dimensions": { "calls": {} } }""");
        Assert.True(answer.Status == 200, answer.Text);
        return (seller, aws);
    }
}
