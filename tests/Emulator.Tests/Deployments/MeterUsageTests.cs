using Tally.Emulator.Tests.Hosting;

namespace Tally.Emulator.Tests.Deployments;

/// <summary>What <c>MeterUsage</c> counts, and what is the same record.</summary>
public sealed class MeterUsageTests
{
    [Fact]
    public async Task Meter_First_IsStoredForTheBuyersResourceAtTheHoursStart()
    {
        await using var buyer = await BuyerAccount.StartAsync();
        var reply = await buyer.MeterAsync();

        Assert.Equal(200, reply.Status);
        var record = Assert.Single(await buyer.Fixture.Emulator.ListRecordsAsync());
        Assert.Equal(
            (BuyerAccount.Seller, "us-east-1", BuyerAccount.Product, EmulatorOptions.DefaultAccountId, "i-1"),
            (record.AccountId, record.Region, record.ProductCode, record.CustomerAWSAccountId, record.ResourceId));
        Assert.Equal(
            ("cpu", 3, EmulatorFixture.Start.AddMinutes(-30)), (record.Dimension, record.Quantity, record.Timestamp));
        Assert.Equal($$"""{"MeteringRecordId":"{{record.MeteringRecordId}}"}""", reply.Body);
    }

    [Fact]
    public async Task Meter_SameHourAgain_IsTheSameRecord()
    {
        await using var buyer = await BuyerAccount.StartAsync();
        var first = await buyer.MeterAsync("""{"ClientToken":"t-1"}""");
        var again = await buyer.MeterAsync($$"""{"ClientToken":"t-2","Timestamp":{{buyer.Fixture.Now - 1700}}}""");
        Assert.Equal((200, first.Body), (again.Status, again.Body));
        _ = Assert.Single(await buyer.Fixture.Emulator.ListRecordsAsync());
    }

    [Theory]
    [InlineData("""{"UsageQuantity":4}""")]
    [InlineData("""{"UsageQuantity":null}""")]
    [InlineData("""{"UsageQuantity":4,"ClientToken":"another"}""")]
    public async Task Meter_AnotherQuantityForTheHour_IsRefused(string change)
    {
        await using var buyer = await BuyerAccount.StartAsync();
        _ = await buyer.MeterAsync("""{"ClientToken":"t-1"}""");
        var reply = await buyer.MeterAsync(change);
        Assert.Equal((400, "DuplicateRequestException"), (reply.Status, reply.ErrorCode));
        Assert.Equal(3, Assert.Single(await buyer.Fixture.Emulator.ListRecordsAsync()).Quantity);
    }

    [Theory]
    [InlineData("""{"UsageDimension":"ram"}""", "i-1")]
    [InlineData("""{"Timestamp":1795426200}""", "i-1")]
    [InlineData("{}", "i-2")]
    [InlineData("{}", "")]
    public async Task Meter_OtherDimensionHourOrResource_IsAnotherRecord(string change, string resource)
    {
        await using var buyer = await BuyerAccount.StartAsync();
        var first = await buyer.MeterAsync();
        var other = await buyer.MeterAsync(change, resource);
        Assert.Equal(200, other.Status);
        Assert.NotEqual(first.Body, other.Body);
        Assert.Equal(2, (await buyer.Fixture.Emulator.ListRecordsAsync()).Count);
    }

    [Fact]
    public async Task Meter_ProductOfTheCaller_NeedsNoSubscription()
    {
        await using var buyer = await BuyerAccount.StartAsync();
        var reply = await buyer.MeterAsync("""{"ProductCode":"prod-1","UsageDimension":"api_calls"}""");
        Assert.Equal(200, reply.Status);
    }

    [Fact]
    public async Task Meter_ProductOpenToAll_NeedsNoSubscription()
    {
        await using var buyer = await BuyerAccount.StartAsync();
        _ = await buyer.Fixture.Caller.SendAsync(
            HttpMethod.Put,
            $"/_emulator/products/open?account={BuyerAccount.Seller}",
            """{"dimensions":["cpu"],"openToAll":true}""");
        Assert.Equal(200, (await buyer.MeterAsync("""{"ProductCode":"open"}""")).Status);
    }

    [Fact]
    public async Task Meter_CodeOfTwoSellers_IsTheProductThatTheCallerIsSubscribedTo()
    {
        await using var buyer = await BuyerAccount.StartAsync();
        _ = await buyer.Fixture.Caller.SendAsync(
            HttpMethod.Put,
            $"/_emulator/products/{BuyerAccount.Product}?account=111122223333",
            """{"dimensions":["cpu"]}""");
        Assert.Equal(200, (await buyer.MeterAsync()).Status);
        Assert.Equal(BuyerAccount.Seller, Assert.Single(await buyer.Fixture.Emulator.ListRecordsAsync()).AccountId);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(412)]
    public async Task DryRun_Right_IsAnErrorThatSaysSoAndStoresNothing(int status)
    {
        var options = new EmulatorOptions { OpenPoints = new OpenPoints { DryRunStatus = status } };
        await using var buyer = await BuyerAccount.StartAsync(options);
        var reply = await buyer.MeterAsync("""{"DryRun":true,"ClientToken":"t"}""");
        Assert.Equal((status, "DryRunOperation"), (reply.Status, reply.ErrorCode));
        Assert.Equal("Request would have succeeded, but DryRun flag is set.", reply.Message);
        Assert.Empty(await buyer.Fixture.Emulator.ListRecordsAsync());
        Assert.Equal(200, (await buyer.MeterAsync("""{"UsageQuantity":9,"ClientToken":"t","DryRun":false}""")).Status);
    }

    [Fact]
    public async Task DryRun_NotSubscribed_IsUnauthorized()
    {
        await using var buyer = await BuyerAccount.StartAsync();
        await buyer.DeclareAsync(state: "unsubscribed");
        var reply = await buyer.MeterAsync("""{"DryRun":true}""");
        Assert.Equal((400, "UnauthorizedException"), (reply.Status, reply.ErrorCode));
    }

    [Fact]
    public async Task Meter_FiftyAtOnce_IsOneRecordWithOneId()
    {
        await using var buyer = await BuyerAccount.StartAsync();
        var replies = await Task.WhenAll(
            Enumerable.Range(0, 50).Select(_ => buyer.MeterAsync("""{"ClientToken":"t"}""")));
        Assert.All(replies, reply => Assert.Equal(200, reply.Status));
        var id = Assert.Single(replies.Select(reply => reply.Body).Distinct(StringComparer.Ordinal));
        var record = Assert.Single(await buyer.Fixture.Emulator.ListRecordsAsync());
        Assert.Contains(record.MeteringRecordId, id, StringComparison.Ordinal);
    }
}
