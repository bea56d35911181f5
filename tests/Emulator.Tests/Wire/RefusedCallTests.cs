using Tally.Emulator.Tests.Hosting;

namespace Tally.Emulator.Tests.Wire;

/// <summary>Calls that are refused whole: nothing is stored, also not what stands before the bad record.</summary>
public sealed class RefusedCallTests
{
    private const string Good =
        """{"Timestamp":NOW,"CustomerIdentifier":"cust-1","Dimension":"api_calls","Quantity":1}""";

    [Theory]
    [InlineData("InvalidUsageDimensionException", """{"Dimension":"API_calls"}""")]
    [InlineData("TimestampOutOfBoundsException", """{"Timestamp":1000}""")]
    [InlineData("TimestampOutOfBoundsException", """{"Timestamp":1e20}""")]
    [InlineData("InvalidCustomerIdentifierException", """{"CustomerIdentifier":""}""")]
    [InlineData("InvalidUsageAllocationsException", """{"UsageAllocations":[{"AllocatedUsageQuantity":2}]}""")]
    [InlineData("InvalidTagException",
        """{"UsageAllocations":[{"AllocatedUsageQuantity":1,"Tags":[{"Key":"k","Value":"ü"}]}]}""")]
    [InlineData("InvalidLicenseException", """{"LicenseArn":"arn:aws:license-manager::123456789012:license:l-1"}""")]
    [InlineData("ValidationException", """{"Dimension":null}""")]
    [InlineData("ValidationException", """{"Timestamp":null}""")]
    [InlineData("ValidationException", """{"Dimension":""}""")]
    [InlineData("ValidationException", """{"Quantity":-1}""")]
    [InlineData("ValidationException", """{"CustomerIdentifier":null}""")]
    [InlineData("ValidationException", """{"CustomerAWSAccountId":"123456789012"}""")]
    [InlineData("ValidationException", """{"CustomerIdentifier":null,"CustomerAWSAccountId":"12a"}""")]
    [InlineData("ValidationException", """{"LicenseArn":"l-1"}""")]
    [InlineData("ValidationException", """{"UsageAllocations":[]}""")]
    [InlineData("ValidationException", """{"UsageAllocations":[{"Tags":[{"Key":"k","Value":"v"}]}]}""")]
    [InlineData("ValidationException", """{"UsageAllocations":[{"AllocatedUsageQuantity":1,"Tags":[]}]}""")]
    [InlineData("SerializationException", """{"Quantity":1.5}""")]
    [InlineData("SerializationException", """{"Quantity":"1"}""")]
    [InlineData("SerializationException", """{"Quantity":2147483648}""")]
    [InlineData("SerializationException", """{"Timestamp":"2026-11-23T10:30:00Z"}""")]
    [InlineData("SerializationException", """{"Timestamp":1e300}""")]
    [InlineData("SerializationException", """{"Dimension":7}""")]
    [InlineData("SerializationException", """{"UsageAllocations":{}}""")]
    [InlineData("SerializationException", """{"UsageAllocations":[1]}""")]
    [InlineData("SerializationException", """{"Dimension":"\ud800"}""")]
    public async Task Meter_OneBadRecord_RefusesTheCallAndStoresNothing(string code, string change)
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        var good = Good.Replace("NOW", $"{fixture.Now}", StringComparison.Ordinal);
        var bad = good[..^1] + "," + change[1..];
        var reply = await fixture.Caller.MeterAsync(
            $$"""{"ProductCode":"prod-1","UsageRecords":[{{good}},{{bad}}]}""");

        Assert.Equal((400, code), (reply.Status, reply.ErrorCode));
        Assert.Equal(["__type", "message"], reply.Json.EnumerateObject().Select(member => member.Name));
        Assert.NotNull(reply.RequestId);
        Assert.Empty(await fixture.Emulator.ListRecordsAsync());
    }

    [Theory]
    [InlineData("SerializationException", "")]
    [InlineData("SerializationException", "{")]
    [InlineData("SerializationException", "[]")]
    [InlineData("SerializationException", """{"UsageRecords":{}}""")]
    [InlineData("SerializationException", """{"ProductCode":1,"UsageRecords":[]}""")]
    [InlineData("ValidationException", """{"ProductCode":"prod-1"}""")]
    [InlineData("ValidationException", """{"ProductCode":"a b","UsageRecords":[]}""")]
    [InlineData("InvalidProductCodeException", """{"ProductCode":"prod-2","UsageRecords":[]}""")]
    public async Task Meter_BadBody_IsRefused(string code, string body)
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        var reply = await fixture.Caller.MeterAsync(body);
        Assert.Equal((400, code), (reply.Status, reply.ErrorCode));
    }

    [Fact]
    public async Task Meter_TwentySixRecords_IsRefusedInTheWordsOfAws()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        var records = Enumerable.Range(0, 26).Select(index => fixture.Record(1, $"c{index}")).ToArray();
        var reply = await fixture.Caller.MeterAsync(EmulatorFixture.Product, records);

        Assert.Equal("ValidationException", reply.ErrorCode);
        Assert.Equal(
            "1 validation error detected: Value '[26 records]' at 'usageRecords' failed to satisfy constraint: "
            + "Member must have length less than or equal to 25",
            reply.Message);
        var most = await fixture.Caller.MeterAsync(EmulatorFixture.Product, records[..25]);
        Assert.Equal(25, most.Statuses.Length);
    }

    [Fact]
    public async Task Meter_TwoBrokenConstraints_NamesBothWithTheirPlaces()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        var reply = await fixture.Caller.MeterAsync(
            """{"ProductCode":"prod-1","UsageRecords":[{"CustomerIdentifier":"c","Quantity":-1,"Timestamp":1}]}""");

        Assert.Equal(
            "2 validation errors detected: Value null at 'usageRecords.1.member.dimension' failed to satisfy "
            + "constraint: Member must not be null; Value '-1' at 'usageRecords.1.member.quantity' failed to satisfy "
            + "constraint: Member must have value greater than or equal to 0",
            reply.Message);
    }

    [Fact]
    public async Task Meter_AMegabyte_IsRefused()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        var body = """{"ProductCode":"prod-1","UsageRecords":[]}""";
        var most = await fixture.Caller.MeterAsync(body.PadRight((1024 * 1024) - 1));
        var more = await fixture.Caller.MeterAsync(body.PadRight(1024 * 1024));

        Assert.Equal(200, most.Status);
        Assert.Equal((400, "ValidationException"), (more.Status, more.ErrorCode));
    }

    [Theory]
    [InlineData("AWSMPMeteringService.MeterAll")]
    [InlineData("AWSMPMeteringService.")]
    [InlineData("OtherService.BatchMeterUsage")]
    public async Task Call_UnknownOperation_IsRefused(string target)
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        var reply = await fixture.Caller.CallAsync(target, "{}");
        Assert.Equal((400, "UnknownOperationException"), (reply.Status, reply.ErrorCode));
    }

    [Fact]
    public async Task Call_OtherContentType_IsRefusedAndVersionOneZeroIsNot()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        const string Body = """{"ProductCode":"prod-1","UsageRecords":[]}""";
        var plain = await fixture.Caller.MeterAsync(Body, "application/json");
        var older = await fixture.Caller.MeterAsync(Body, "application/x-amz-json-1.0");

        Assert.Equal((400, "UnknownOperationException"), (plain.Status, plain.ErrorCode));
        Assert.Equal((200, "application/x-amz-json-1.0"), (older.Status, older.ContentType));
    }
}
