using Amazon.AWSMarketplaceMetering.Model;
using Amazon.AWSMarketplaceMetering.Tests.Stub;
using Amazon.Runtime;

namespace Amazon.AWSMarketplaceMetering.Tests;

/// <summary>Answers as they are understood.</summary>
public sealed class ResponseTests
{
    [Fact]
    public async Task BatchMeterUsage_ResultsAndRest_AreReadWhole()
    {
        var response = await BatchAsync(
            """
            {"Results":[{"MeteringRecordId":"id-1","Status":"Success","UsageRecord":{
                "CustomerAWSAccountId":"1","CustomerIdentifier":"c","Dimension":"d","LicenseArn":"arn","Quantity":3,
                "Timestamp":1788267599,
                "UsageAllocations":[{"AllocatedUsageQuantity":3,"Tags":[{"Key":"k","Value":"v"}]}]}}],
             "UnprocessedRecords":[{"Dimension":"later","Quantity":2.0}]}
            """);

        var result = Assert.Single(response.Results);
        Assert.Equal("id-1", result.MeteringRecordId);
        Assert.Same(UsageRecordResultStatus.Success, result.Status);
        Assert.Equal("1/c/d/arn", string.Join('/', result.UsageRecord.CustomerAWSAccountId,
            result.UsageRecord.CustomerIdentifier, result.UsageRecord.Dimension, result.UsageRecord.LicenseArn));
        Assert.Equal(3, result.UsageRecord.Quantity);
        Assert.Equal(new DateTime(2026, 9, 1, 12, 59, 59, DateTimeKind.Utc), result.UsageRecord.Timestamp);
        var allocation = Assert.Single(result.UsageRecord.UsageAllocations);
        Assert.Equal(3, allocation.AllocatedUsageQuantity);
        Assert.Equal("k=v", string.Join('=', allocation.Tags[0].Key, allocation.Tags[0].Value));
        var rest = Assert.Single(response.UnprocessedRecords);
        Assert.Equal(("later", 2), (rest.Dimension, rest.Quantity));
    }

    [Theory]
    [InlineData("Success")]
    [InlineData("CustomerNotSubscribed")]
    [InlineData("DuplicateRecord")]
    [InlineData("SomethingNew")]
    public async Task BatchMeterUsage_AnyStatus_ArrivesAsItIs(string status)
    {
        var response = await BatchAsync($$"""{"Results":[{"Status":"{{status}}"}]}""");

        Assert.Equal(status, response.Results[0].Status.Value);
        Assert.True(response.Results[0].Status == status);
    }

    [Fact]
    public async Task BatchMeterUsage_MissingNullAndEmptyLists_StayApart()
    {
        var missing = await BatchAsync("{}");
        var empty = await BatchAsync("""{"Results":null,"UnprocessedRecords":[]}""");

        Assert.Null(missing.Results);
        Assert.Null(missing.UnprocessedRecords);
        Assert.Null(empty.Results);
        Assert.Empty(empty.UnprocessedRecords);
    }

    [Fact]
    public async Task BatchMeterUsage_MembersUnknownAndNull_ArePassedOver()
    {
        var response = await BatchAsync(
            """
            {"New":{"Results":[1,{"a":[[]]}]},"Results":[null,{"Status":null,"New":[1],"MeteringRecordId":"id"}],
             "results":1}
            """);

        var result = Assert.Single(response.Results);
        Assert.Equal("id", result.MeteringRecordId);
        Assert.Null(result.Status);
        Assert.Null(result.UsageRecord);
    }

    [Fact]
    public async Task RegisterUsage_RotatedKey_SaysWhen()
    {
        await using var service = await StubService.StartAsync(
            Answer.Ok("""{"PublicKeyRotationTimestamp":1788267599.5,"Signature":"a.b.c"}"""), Answer.Ok());
        using var client = service.Client();

        var rotated = await client.RegisterUsageAsync(new RegisterUsageRequest());
        var current = await client.RegisterUsageAsync(new RegisterUsageRequest());

        Assert.Equal(
            new DateTime(2026, 9, 1, 12, 59, 59, 500, DateTimeKind.Utc), rotated.PublicKeyRotationTimestamp);
        Assert.Equal("a.b.c", rotated.Signature);
        Assert.Null(current.PublicKeyRotationTimestamp);
    }

    [Fact]
    public async Task ResolveCustomer_NewAndLegacyProduct_AreReadWhole()
    {
        await using var service = await StubService.StartAsync(
            Answer.Ok(
                """
                {"CustomerAWSAccountId":"123456789012","LicenseArn":"arn:aws:license-manager::1:license:l",
                 "Metadata":{"AgreementId":"agmt-1"},"ProductCode":"p"}
                """),
            Answer.Ok("""{"CustomerIdentifier":"c","ProductCode":"p"}"""));
        using var client = service.Client();

        var newer = await client.ResolveCustomerAsync(new ResolveCustomerRequest());
        var legacy = await client.ResolveCustomerAsync(new ResolveCustomerRequest());

        Assert.Equal("123456789012", newer.CustomerAWSAccountId);
        Assert.Equal("arn:aws:license-manager::1:license:l", newer.LicenseArn);
        Assert.Equal("agmt-1", newer.Metadata.AgreementId);
        Assert.Null(newer.CustomerIdentifier);
        Assert.Equal(("c", "p"), (legacy.CustomerIdentifier, legacy.ProductCode));
        Assert.Null(legacy.Metadata);
    }

    [Fact]
    public async Task MeterUsage_Answer_CarriesItsMetadata()
    {
        await using var service = await StubService.StartAsync(Answer.Ok("""{"MeteringRecordId":"id"}"""));
        using var client = service.Client();

        var response = await client.MeterUsageAsync(new MeterUsageRequest());

        Assert.Equal("id", response.MeteringRecordId);
        Assert.Equal(Answer.RequestId, response.ResponseMetadata.RequestId);
        Assert.Equal(200, (int)response.HttpStatusCode);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("<html>")]
    [InlineData("""{"Results":[""")]
    [InlineData("""{"Results":[]}{}""")]
    [InlineData("""{"Results":{}}""")]
    [InlineData("""{"Results":[1]}""")]
    [InlineData("""{"Results":[{"Status":1}]}""")]
    [InlineData("""{"UnprocessedRecords":[{"Quantity":"1"}]}""")]
    [InlineData("""{"UnprocessedRecords":[{"Quantity":1.5}]}""")]
    [InlineData("""{"UnprocessedRecords":[{"Quantity":2147483648}]}""")]
    [InlineData("""{"UnprocessedRecords":[{"Timestamp":true}]}""")]
    public async Task BatchMeterUsage_AnswerThatMakesNoSense_IsNoSuccess(string body)
    {
        var exception = await Assert.ThrowsAsync<AmazonUnmarshallingException>(() => BatchAsync(body));

        Assert.Equal(Answer.RequestId, exception.RequestId);
    }

    private static async Task<BatchMeterUsageResponse> BatchAsync(string body)
    {
        await using var service = await StubService.StartAsync(Answer.Ok(body));
        using var client = service.Client();
        return await client.BatchMeterUsageAsync(new BatchMeterUsageRequest());
    }
}
