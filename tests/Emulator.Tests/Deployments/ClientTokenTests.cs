using Tally.Emulator.Deployments;
using Tally.Emulator.State;
using Tally.Emulator.Tests.Hosting;

namespace Tally.Emulator.Tests.Deployments;

public sealed class ClientTokenTests : IDisposable
{
    private const string AgentCore = ""","meterUsage":"agentCore" """;
    private readonly string _folder = Directory.CreateTempSubdirectory("emulator-").FullName;

    [Theory]
    [InlineData("""{"UsageQuantity":4}""")]
    [InlineData("""{"UsageDimension":"ram"}""")]
    [InlineData("""{"Timestamp":1795429799}""")]
    [InlineData("""{"ProductCode":"container-2"}""")]
    [InlineData("""{"UsageAllocations":[{"AllocatedUsageQuantity":3}]}""")]
    public async Task Meter_TokenOfAnotherRequest_IsAConflict(string change)
    {
        await using var buyer = await BuyerAccount.StartAsync();
        await buyer.DeclareAsync(product: "container-2");
        _ = await buyer.MeterAsync("""{"ClientToken":"t"}""");
        var reply = await buyer.MeterAsync($$"""{"ClientToken":"t",{{change[1..]}}""");
        Assert.Equal((400, "IdempotencyConflictException"), (reply.Status, reply.ErrorCode));
        _ = Assert.Single(await buyer.Fixture.Emulator.ListRecordsAsync());
    }

    [Theory]
    [InlineData("DuplicateRequestException", """{"UsageQuantity":4}""")]
    [InlineData("IdempotencyConflictException", """{"UsageDimension":"ram"}""")]
    [InlineData("IdempotencyConflictException", """{"Timestamp":1795429799}""")]
    public async Task Meter_DuplicateComesFirst_IsFoundBeforeTheConflict(string code, string change)
    {
        var options = new EmulatorOptions { OpenPoints = new OpenPoints { TokenConflictComesFirst = false } };
        await using var buyer = await BuyerAccount.StartAsync(options);
        _ = await buyer.MeterAsync("""{"ClientToken":"t"}""");
        var reply = await buyer.MeterAsync($$"""{"ClientToken":"t",{{change[1..]}}""");
        Assert.Equal(code, reply.ErrorCode);
    }

    [Theory]
    [InlineData("")]
    [InlineData(AgentCore)]
    public async Task Meter_RetryWhenTheHourIsLongPast_IsAnsweredAsBefore(string mode)
    {
        await using var buyer = await BuyerAccount.StartAsync(more: mode);
        var change = $$"""{"ClientToken":"t","Timestamp":{{buyer.Fixture.Now}}.000}""";
        var first = await buyer.MeterAsync(change);
        buyer.Fixture.Clock.Advance(TimeSpan.FromHours(7));
        await buyer.DeclareAsync(mode, state: "unsubscribed");
        Assert.Equal(first.Body, (await buyer.MeterAsync(change.Replace(".000", ".0", StringComparison.Ordinal))).Body);
    }

    [Fact]
    public async Task Meter_RefusedCall_LeavesItsTokenFree()
    {
        await using var buyer = await BuyerAccount.StartAsync();
        _ = await buyer.MeterAsync();
        Assert.Equal("DuplicateRequestException",
            (await buyer.MeterAsync("""{"UsageQuantity":4,"ClientToken":"t"}""")).ErrorCode);
        Assert.Equal(200, (await buyer.MeterAsync("""{"UsageDimension":"ram","ClientToken":"t"}""")).Status);
    }

    [Fact]
    public async Task Meter_TokenADayLater_IsFreeAgain()
    {
        await using var buyer = await BuyerAccount.StartAsync();
        _ = await buyer.MeterAsync("""{"ClientToken":"t"}""");
        buyer.Fixture.Clock.Advance(TimeSpan.FromHours(24) - TimeSpan.FromTicks(1));
        Assert.Equal("IdempotencyConflictException", (await buyer.MeterAsync("""{"ClientToken":"t"}""")).ErrorCode);
        buyer.Fixture.Clock.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(200, (await buyer.MeterAsync("""{"ClientToken":"t"}""")).Status);
    }

    [Fact]
    public async Task Meter_AgentCore_AddsUpAndKeepsTheTime()
    {
        await using var buyer = await BuyerAccount.StartAsync(more: AgentCore);
        var first = await buyer.MeterAsync("""{"ClientToken":"t-1"}""");
        var again = await buyer.MeterAsync("""{"ClientToken":"t-1"}""");
        var other = await buyer.MeterAsync("""{"ClientToken":"t-2","UsageQuantity":5}""");
        var conflict = await buyer.MeterAsync("""{"ClientToken":"t-2","UsageQuantity":6}""");

        Assert.Equal(first.Body, again.Body);
        Assert.Equal((200, "IdempotencyConflictException"), (other.Status, conflict.ErrorCode));
        var records = await buyer.Fixture.Emulator.ListRecordsAsync();
        Assert.Equal([3, 5], records.Select(record => record.Quantity));
        Assert.All(records, record => Assert.Equal(EmulatorFixture.Start, record.Timestamp));
    }

    [Theory]
    [InlineData("")]
    [InlineData(AgentCore)]
    public async Task Meter_OneTokenForManyRequestsAtOnce_CountsOneOfThem(string mode)
    {
        var options = new EmulatorOptions { DataDirectory = _folder };
        await using var buyer = await BuyerAccount.StartAsync(options, mode);
        var replies = await Task.WhenAll(Enumerable.Range(0, 20).Select(number => buyer.MeterAsync(
            $$"""{"ClientToken":"t","UsageDimension":"{{(number % 2 == 0 ? "cpu" : "ram")}}"}""", $"i-{number}")));

        var record = Assert.Single(await buyer.Fixture.Emulator.ListRecordsAsync());
        Assert.Equal(10, replies.Count(reply => reply.Status == 200));
        Assert.All(
            replies.Where(reply => reply.Status == 200),
            reply => Assert.Contains(record.MeteringRecordId, reply.Body, StringComparison.Ordinal));
        Assert.All(
            replies.Where(reply => reply.Status != 200),
            reply => Assert.Equal("IdempotencyConflictException", reply.ErrorCode));
    }

    [Fact]
    public async Task Save_WhenTokensAreOld_ForgetsThem()
    {
        await using var state = new MemoryState();
        using var tokens = new ClientTokens(state);
        foreach (var hours in new[] { 0, 23, 24 })
            await tokens.SaveAsync($"t{hours}", new TokenUse("r", "id", EmulatorFixture.Start.AddHours(hours)));
        var kept = state.Documents.List("client-token").Select(held => held.Key);
        Assert.Equal(["t23", "t24"], kept.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Meter_AgentCoreWithoutToken_IsRefused()
    {
        await using var buyer = await BuyerAccount.StartAsync(more: AgentCore);
        var reply = await buyer.MeterAsync();
        Assert.Equal("ValidationException", reply.ErrorCode);
        Assert.Equal(
            "1 validation error detected: Value null at 'clientToken' failed to satisfy constraint: "
            + "Member must not be null",
            reply.Message);
    }

    [Fact]
    public async Task Meter_ModelWithoutTokens_IgnoresThemAndCountsByTheHour()
    {
        var options = new EmulatorOptions { Rules = AcceptanceRules.Aws2020 };
        await using var buyer = await BuyerAccount.StartAsync(options, AgentCore);
        var first = await buyer.MeterAsync("""{"ClientToken":"t"}""");
        var other = await buyer.MeterAsync("""{"ClientToken":"t","UsageDimension":"ram"}""");
        var none = await buyer.MeterAsync("""{"ClientToken":""}""");
        Assert.Equal((200, 200, first.Body), (first.Status, other.Status, none.Body));
    }

    [Fact]
    public async Task Start_DataDirectory_KeepsTokens()
    {
        var options = new EmulatorOptions { DataDirectory = _folder };
        string body;
        await using (var buyer = await BuyerAccount.StartAsync(options))
            body = (await buyer.MeterAsync("""{"ClientToken":"t"}""")).Body;
        await using var again = await BuyerAccount.StartAsync(options);
        Assert.Equal(body, (await again.MeterAsync("""{"ClientToken":"t"}""")).Body);
        var other = await again.MeterAsync("""{"ClientToken":"t","UsageDimension":"ram"}""");
        Assert.Equal("IdempotencyConflictException", other.ErrorCode);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
