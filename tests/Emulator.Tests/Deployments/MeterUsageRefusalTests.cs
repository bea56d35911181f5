using Tally.Emulator.Tests.Hosting;

namespace Tally.Emulator.Tests.Deployments;

/// <summary>Every error and constraint of <c>MeterUsage</c>, as failure and just short of it.</summary>
public sealed class MeterUsageRefusalTests
{
    [Theory]
    [InlineData("InvalidProductCodeException", """{"ProductCode":"other"}""")]
    [InlineData("InvalidProductCodeException", """{"ProductCode":""}""")]
    [InlineData("InvalidUsageDimensionException", """{"UsageDimension":"CPU"}""")]
    [InlineData("TimestampOutOfBoundsException", """{"Timestamp":1795408199}""")]
    [InlineData("TimestampOutOfBoundsException", """{"Timestamp":1795430101}""")]
    [InlineData("TimestampOutOfBoundsException", """{"Timestamp":1e20}""")]
    [InlineData("InvalidTagException",
        """{"UsageAllocations":[{"AllocatedUsageQuantity":3,"Tags":[{"Key":"k","Value":"ü"}]}]}""")]
    [InlineData("InvalidUsageAllocationsException", """{"UsageAllocations":[{"AllocatedUsageQuantity":2}]}""")]
    [InlineData("ValidationException", """{"ProductCode":null}""")]
    [InlineData("ValidationException", """{"ProductCode":"a b"}""")]
    [InlineData("ValidationException", """{"Timestamp":null}""")]
    [InlineData("ValidationException", """{"UsageDimension":null}""")]
    [InlineData("ValidationException", """{"UsageDimension":""}""")]
    [InlineData("ValidationException", """{"UsageQuantity":-1}""")]
    [InlineData("ValidationException", """{"UsageAllocations":[]}""")]
    [InlineData("ValidationException", """{"UsageAllocations":[{"AllocatedUsageQuantity":-3}]}""")]
    [InlineData("ValidationException", """{"UsageAllocations":[{"AllocatedUsageQuantity":3,"Tags":[]}]}""")]
    [InlineData("ValidationException", """{"ClientToken":""}""")]
    [InlineData("SerializationException", """{"DryRun":"true"}""")]
    [InlineData("SerializationException", """{"UsageQuantity":2147483648}""")]
    [InlineData("SerializationException", """{"ClientToken":1}""")]
    public async Task Meter_Wrong_IsRefusedAndStoresNothing(string code, string change)
    {
        await using var buyer = await BuyerAccount.StartAsync();
        var reply = await buyer.MeterAsync(change);
        Assert.Equal((400, code), (reply.Status, reply.ErrorCode));
        Assert.Empty(await buyer.Fixture.Emulator.ListRecordsAsync());
    }

    [Theory]
    [InlineData("""{"Timestamp":1795408200}""")]
    [InlineData("""{"Timestamp":1795430100}""")]
    [InlineData("""{"UsageQuantity":0}""")]
    [InlineData("""{"UsageQuantity":2147483647}""")]
    [InlineData("""{"DryRun":false}""")]
    [InlineData("""
        {"UsageAllocations":[{"AllocatedUsageQuantity":1,"Tags":[{"Key":"k","Value":"v"}]},
        {"AllocatedUsageQuantity":2}]}
        """)]
    public async Task Meter_JustRight_IsAccepted(string change)
    {
        await using var buyer = await BuyerAccount.StartAsync();
        Assert.Equal(200, (await buyer.MeterAsync(change)).Status);
        _ = Assert.Single(await buyer.Fixture.Emulator.ListRecordsAsync());
    }

    [Theory]
    [InlineData("ClientToken", 64)]
    [InlineData("ProductCode", 255)]
    [InlineData("UsageDimension", 255)]
    public async Task Meter_TextTooLong_IsRefusedAndTheLongestIsNot(string member, int lengthMax)
    {
        await using var buyer = await BuyerAccount.StartAsync();
        var longest = await buyer.MeterAsync($$"""{"{{member}}":"{{new string('x', lengthMax)}}"}""");
        var tooLong = await buyer.MeterAsync($$"""{"{{member}}":"{{new string('x', lengthMax + 1)}}"}""");
        Assert.False(longest.Body.Contains("ValidationException", StringComparison.Ordinal), longest.Body);
        Assert.Equal("ValidationException", tooLong.ErrorCode);
        Assert.EndsWith($"Member must have length less than or equal to {lengthMax}", tooLong.Message!,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Meter_ResourceTooLong_IsRefusedAndTheLongestIsNot()
    {
        await using var buyer = await BuyerAccount.StartAsync();
        Assert.Equal(200, (await buyer.MeterAsync(resource: new string('x', 255))).Status);
        Assert.Equal("ValidationException", (await buyer.MeterAsync(resource: new string('x', 256))).ErrorCode);
    }

    [Fact]
    public async Task Meter_NotSubscribed_IsRefused()
    {
        await using var buyer = await BuyerAccount.StartAsync();
        await buyer.DeclareAsync(state: "unsubscribed");
        var reply = await buyer.MeterAsync();
        Assert.Equal((400, "CustomerNotEntitledException"), (reply.Status, reply.ErrorCode));
    }

    [Fact]
    public async Task Meter_RegionOfNoUse_IsRefused()
    {
        await using var buyer = await BuyerAccount.StartAsync(more: ""","regions":["eu-west-1"]""");
        Assert.Equal("InvalidEndpointRegionException", (await buyer.MeterAsync()).ErrorCode);
        await buyer.DeclareAsync(""","regions":["eu-west-1","us-east-1"]""");
        Assert.Equal(200, (await buyer.MeterAsync()).Status);
    }

    [Theory]
    [InlineData(3600, 200)]
    [InlineData(3601, 400)]
    public async Task Meter_OlderRules_AcceptAnHour(int secondsAgo, int status)
    {
        await using var buyer = await BuyerAccount.StartAsync(new() { Rules = AcceptanceRules.Aws2020 });
        Assert.Equal(status, (await buyer.MeterAsync($$"""{"Timestamp":{{buyer.Fixture.Now - secondsAgo}}}""")).Status);
    }

    [Theory]
    [InlineData("2026-12-01T05:59:00Z", 200)]
    [InlineData("2026-12-01T06:00:00Z", 200)]
    public async Task Meter_PreviousMonth_HasNoLimitButTheAge(string now, int status)
    {
        await using var buyer = await BuyerAccount.StartAsync();
        buyer.Fixture.Clock.SetUtcNow(DateTimeOffset.Parse(now, null));
        var reply = await buyer.MeterAsync($$"""{"Timestamp":{{buyer.Fixture.Now - (6 * 3600)}}}""");
        Assert.Equal(status, reply.Status);
    }

    [Theory]
    [InlineData(""","meterUsage":"daily" """)]
    [InlineData(""","meterUsage":1""")]
    [InlineData(""","platforms":["vm"]""")]
    public async Task Declare_UnknownModeOrPlatform_IsRefused(string more)
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        var reply = await fixture.Caller.SendAsync(
            HttpMethod.Put, "/_emulator/products/p", $$"""{"dimensions":["cpu"]{{more}}}""");
        Assert.Equal(400, reply.Status);
    }
}
