using Amazon.AWSMarketplaceMetering;
using Amazon.AWSMarketplaceMetering.Model;
using Tally.Api.Tests.Stage;
using static Tally.Api.Tests.Compatibility.AwsStage;

namespace Tally.Api.Tests.Compatibility;

public sealed class BatchMeteringTests(AwsStage stage) : IClassFixture<AwsStage>
{
    [Fact]
    public async Task BatchMeterUsage_SeveralRecordsOfAnHour_AreSummed()
    {
        var (seller, aws) = await stage.NewSeller();

        var answer = await Send(aws, Record(3), Record(4, second: 1), Record(5, customer: "cust-2"));

        Assert.Equal(["Success", "Success", "Success"], answer.Results.Select(result => result.Status.Value));
        Assert.Empty(answer.UnprocessedRecords);
        Assert.Equal(3, answer.Results.Select(result => result.MeteringRecordId).Distinct().Count());
        Assert.Equal((7m, 5m), (await Counted(seller), await Counted(seller, "cust-2")));
    }

    [Fact]
    public async Task BatchMeterUsage_RecordSentAgain_HasTheSameIdAndIsCountedOnce()
    {
        var (seller, aws) = await stage.NewSeller();

        var first = await Send(aws, Record(3));
        var again = await Send(aws, Record(3), Record(3));

        Assert.All(again.Results, result => Assert.Equal("Success", result.Status.Value));
        Assert.All(
            again.Results, result => Assert.Equal(first.Results[0].MeteringRecordId, result.MeteringRecordId));
        Assert.Equal(3m, await Counted(seller));
    }

    [Fact]
    public async Task BatchMeterUsage_SameTimeWithOtherQuantity_IsADuplicateRecordAndNotCounted()
    {
        var (seller, aws) = await stage.NewSeller();

        var answer = await Send(aws, Record(3), Record(4));

        Assert.Equal(["Success", "DuplicateRecord"], answer.Results.Select(result => result.Status.Value));
        Assert.Equal(3m, await Counted(seller));
    }

    [Fact]
    public async Task BatchMeterUsage_AccountIdAndLicence_AreWhoTheCustomerIs()
    {
        const string License = "arn:aws:license-manager:us-east-1:111122223333:license:l-1";
        var (seller, aws) = await stage.NewSeller();
        var record = Record(6);
        (record.CustomerIdentifier, record.CustomerAWSAccountId, record.LicenseArn) = (null, "123456789012", License);

        var answer = await Send(aws, record);

        Assert.Equal("Success", answer.Results.Single().Status.Value);
        Assert.Equal(6m, await Counted(seller, License));
        var customer = await seller.Get($"/v1/products/p/customers/{Uri.EscapeDataString(License)}");
        Assert.Equal("123456789012", customer.Json.GetProperty("customerAWSAccountId").GetString());
        Assert.Equal(License, customer.Json.GetProperty("licenseArn").GetString());
    }

    [Fact]
    public async Task BatchMeterUsage_CustomerThatSomebodyDescribed_StaysAsDescribed()
    {
        var (seller, aws) = await stage.NewSeller();
        var path = "/v1/products/p/customers/123456789012";
        Assert.Equal(200, (await seller.Put(path, """{ "name": "ACME", "customerIdentifier": "cust-9" }""")).Status);
        var record = Record(6);
        (record.CustomerIdentifier, record.CustomerAWSAccountId) = (null, "123456789012");

        await Send(aws, record);

        Assert.Equal("cust-9", (await seller.Get(path)).Json.GetProperty("customerIdentifier").GetString());
    }

    [Fact]
    public async Task BatchMeterUsage_SubscriptionHasEnded_SaysSo()
    {
        var (seller, aws) = await stage.NewSeller();
        await Send(aws, Record(1));
        var ended = await seller.Post(
            "/v1/products/p/customers/cust-1/subscription",
            $$"""{ "word": "unsubscribed", "at": "{{ApiStage.Now:O}}" }""");
        Assert.True(ended.Status == 200, ended.Text);

        var answer = await Send(aws, Record(2, second: 1), Record(2, "cust-2"));

        Assert.Equal(["CustomerNotSubscribed", "Success"], answer.Results.Select(result => result.Status.Value));
        Assert.Equal(1m, await Counted(seller));
    }

    [Fact]
    public async Task BatchMeterUsage_Allocations_AreCountedWhole()
    {
        var (seller, aws) = await stage.NewSeller();
        var (record, other) = (Divided(10, ("a", 4), ("b", 6)), Divided(10, ("a", 6), ("b", 4)));

        var first = await Send(aws, record);
        var again = await Send(aws, Divided(10, ("b", 6), ("a", 4)));
        var conflict = await Send(aws, other);

        Assert.Equal("Success", first.Results.Single().Status.Value);
        Assert.Equal("Success", again.Results.Single().Status.Value);
        Assert.Equal("DuplicateRecord", conflict.Results.Single().Status.Value);
        Assert.Equal(10m, await Counted(seller));
    }

    [Fact]
    public async Task BatchMeterUsage_NoRecords_IsAnsweredWithNone()
    {
        var (_, aws) = await stage.NewSeller();

        var answer = await Send(aws);

        Assert.Empty(answer.Results);
    }

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task BatchMeterUsage_OneRecordIsWrong_NothingIsCounted(string error, Action<UsageRecord> spoil)
    {
        var (seller, aws) = await stage.NewSeller();
        var bad = Record(2, second: 1);
        spoil(bad);

        var exception = await Assert.ThrowsAnyAsync<AmazonAWSMarketplaceMeteringException>(
            () => Send(aws, Record(1), bad));

        Assert.Equal(error, exception.ErrorCode);
        Assert.Equal(0m, await Counted(seller));
    }

    public static TheoryData<string, Action<UsageRecord>> Refusals() => new()
    {
        { "InvalidUsageDimensionException", record => record.Dimension = "Calls" },
        { "InvalidUsageDimensionException", record => record.Dimension = "users" },
        { "InvalidCustomerIdentifierException", record => record.CustomerAWSAccountId = "123456789012" },
        { "InvalidCustomerIdentifierException", record => record.CustomerIdentifier = null },
        { "InvalidCustomerIdentifierException", record => record.CustomerIdentifier = new('x', 256) },
        { "InvalidLicenseException", record => record.LicenseArn = "arn:aws:license-manager:us-east-1:1:license:l-1" },
        {
            "InvalidLicenseException",
            record => (record.CustomerIdentifier, record.CustomerAWSAccountId, record.LicenseArn) = (null, "1", "x")
        },
        { "ValidationException", record => (record.CustomerIdentifier, record.CustomerAWSAccountId) = (null, "1a") },
        { "ValidationException", record => record.Quantity = -1 },
        { "ValidationException", record => record.Dimension = null },
        { "ValidationException", record => record.Timestamp = null },
        {
            "InvalidUsageAllocationsException",
            record => record.UsageAllocations = Divided(3, ("a", 3)).UsageAllocations
        },
        {
            "InvalidUsageAllocationsException",
            record => record.UsageAllocations = Divided(2, ("a", 1), ("a", 1)).UsageAllocations
        },
        { "InvalidTagException", record => record.UsageAllocations = Divided(2, ("ä", 2)).UsageAllocations },
    };

    [Theory]
    [InlineData(24 * 60)]
    [InlineData(-365 * 24 * 60)]
    public async Task BatchMeterUsage_TimeThatIsNotTaken_IsOutOfBounds(int minutes)
    {
        var (_, aws) = await stage.NewSeller();
        var record = Record(1);
        record.Timestamp = UsageTime.AddMinutes(minutes);

        await Assert.ThrowsAsync<TimestampOutOfBoundsException>(() => Send(aws, record));
    }

    [Fact]
    public async Task BatchMeterUsage_TooManyRecords_IsRefused()
    {
        var (seller, aws) = await stage.NewSeller();

        var exception = await Assert.ThrowsAnyAsync<AmazonAWSMarketplaceMeteringException>(
            () => Send(aws, Enumerable.Range(0, 26).Select(second => Record(1, second: second))));

        Assert.Equal("ValidationException", exception.ErrorCode);
        Assert.Equal(0m, await Counted(seller));
    }

    [Fact]
    public async Task BatchMeterUsage_AnotherTenantsProduct_IsNotAProduct()
    {
        var (_, aws) = await stage.NewSeller();
        var request = new BatchMeterUsageRequest { ProductCode = "q", UsageRecords = [Record(1)] };

        await Assert.ThrowsAsync<InvalidProductCodeException>(
            () => aws.BatchMeterUsageAsync(request, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task BatchMeterUsage_WithoutProductCode_IsForTheOnlyProduct()
    {
        var (seller, aws) = await stage.NewSeller();
        var request = new BatchMeterUsageRequest { UsageRecords = [Record(2)] };

        await aws.BatchMeterUsageAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(2m, await Counted(seller));
        await seller.PutProduct("q");
        await Assert.ThrowsAsync<InvalidProductCodeException>(
            () => aws.BatchMeterUsageAsync(request, TestContext.Current.CancellationToken));
    }

    private static UsageRecord Divided(int quantity, params (string Tag, int Quantity)[] parts)
    {
        var record = Record(quantity);
        record.UsageAllocations =
        [
            .. parts.Select(part => new UsageAllocation
            {
                AllocatedUsageQuantity = part.Quantity,
                Tags = [new() { Key = "team", Value = part.Tag }],
            }),
        ];
        return record;
    }
}
