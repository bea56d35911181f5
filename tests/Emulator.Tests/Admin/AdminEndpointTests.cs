using System.Text.Json;
using Tally.Emulator.Tests.Hosting;

namespace Tally.Emulator.Tests.Admin;

public sealed class AdminEndpointTests
{
    [Fact]
    public async Task Health_Running_IsOk()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        Assert.Equal(200, (await fixture.Caller.SendAsync(HttpMethod.Get, "/_emulator/health")).Status);
    }

    [Fact]
    public async Task PutProduct_ThenMeter_FollowsTheDeclaration()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        var put = await fixture.Caller.SendAsync(
            HttpMethod.Put,
            "/_emulator/products/prod-2",
            """
            {"dimensions":["api_calls"],"openToAll":true,"customers":{"cust-1":"subscribed","cust-2":"unsubscribed"}}
            """);
        Assert.Equal(204, put.Status);

        var reply = await fixture.Caller.MeterAsync(
            "prod-2", fixture.Record(1), fixture.Record(1, "cust-2"), fixture.Record(1, "anybody"));
        Assert.Equal(["Success", "CustomerNotSubscribed", "Success"], reply.Statuses);
    }

    [Theory]
    [InlineData("prod-2", """{"dimension":[]}""")]
    [InlineData("prod-2", """{"dimensions":[""]}""")]
    [InlineData("prod-2", """{"dimensions":[null]}""")]
    [InlineData("prod-2", """{"dimensions":null}""")]
    [InlineData("prod-2", """{"customers":{"c":"perhaps"}}""")]
    [InlineData("prod-2", """{"licenses":{"l-1":"123"}}""")]
    [InlineData("prod-2", """{"licenses":{"arn:aws:license-manager::1:license:l-1":null}}""")]
    [InlineData("prod-2", "null")]
    [InlineData("prod-2", "")]
    [InlineData("prod%20two", "{}")]
    public async Task PutProduct_NotValid_IsAProblem(string code, string body)
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        var reply = await fixture.Caller.SendAsync(HttpMethod.Put, $"/_emulator/products/{code}", body);
        Assert.Equal((400, "application/problem+json"), (reply.Status, reply.ContentType));
        Assert.NotEmpty(reply.Json.GetProperty("detail").GetString()!);
    }

    [Fact]
    public async Task AnyPath_Unknown_IsAProblem()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        var reply = await fixture.Caller.SendAsync(HttpMethod.Get, "/_emulator/nothing");
        Assert.Equal((404, "application/problem+json"), (reply.Status, reply.ContentType));
    }

    [Fact]
    public async Task GetRecords_Filtered_HasTheFixedMembers()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        var metered = await fixture.Caller.MeterAsync(
            EmulatorFixture.Product,
            fixture.Record(7),
            new { Timestamp = fixture.Now, CustomerAWSAccountId = "123456789012", Dimension = "gb_hours" });
        var all = await fixture.Caller.SendAsync(HttpMethod.Get, "/_emulator/records?product=prod-1");
        var one = await fixture.Caller.SendAsync(HttpMethod.Get, "/_emulator/records?customer=cust-1");
        var none = await fixture.Caller.SendAsync(HttpMethod.Get, "/_emulator/records?product=prod-9");

        var (first, second) = ($"{metered.RecordIds[0]}", $"{metered.RecordIds[1]}");
        var expected = "{\"productCode\":\"prod-1\",\"customerIdentifier\":\"cust-1\",\"dimension\":\"api_calls\","
            + $"\"timestamp\":\"2026-11-23T10:30:00Z\",\"quantity\":7,\"meteringRecordId\":\"{first}\","
            + "\"accountId\":\"000000000000\",\"region\":\"us-east-1\"}";
        Assert.Equal($"[{expected}]", one.Body);
        Assert.Equal("[]", none.Body);
        Assert.Equal(2, all.Json.GetArrayLength());
        Assert.Equal("123456789012", all.Json[1].GetProperty("customerAWSAccountId").GetString());
        Assert.Equal(second, all.Json[1].GetProperty("meteringRecordId").GetString());
    }

    [Fact]
    public async Task GetCalls_AfterSome_HasTheLastThousand()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        _ = await fixture.Caller.MeterAsync(EmulatorFixture.Product, fixture.Record(1), fixture.Record(1));
        var refused = await fixture.Caller.MeterAsync("prod-9", fixture.Record(1));
        var calls = (await fixture.Caller.SendAsync(HttpMethod.Get, "/_emulator/calls")).Json;

        Assert.Equal(2, calls.GetArrayLength());
        Assert.Equal(
            (200, 2, JsonValueKind.Null),
            (calls[0].GetProperty("status").GetInt32(), calls[0].GetProperty("records").GetInt32(),
                calls[0].GetProperty("error").ValueKind));
        Assert.Equal("InvalidProductCodeException", calls[1].GetProperty("error").GetString());
        Assert.Equal("BatchMeterUsage", calls[1].GetProperty("operation").GetString());
        Assert.Equal(refused.RequestId, calls[1].GetProperty("requestId").GetString());
        Assert.Equal(EmulatorFixture.Start, calls[1].GetProperty("time").GetDateTimeOffset());
        for (var call = 0; call < 1000; call++)
            _ = await fixture.Caller.ResolveAsync($"{call}");
        Assert.Equal(1000, fixture.Emulator.Calls.Count);
        Assert.All(fixture.Emulator.Calls, call => Assert.Equal("ResolveCustomer", call.Operation));
    }

    [Fact]
    public async Task Reset_AfterUse_IsAsAtTheStart()
    {
        await using var fixture = await EmulatorFixture.StartAsync(new()
        {
            Products = new Dictionary<string, ProductDeclaration>(StringComparer.Ordinal)
            {
                ["prod-0"] = new() { Dimensions = ["api_calls"], OpenToAll = true },
            },
        });
        _ = await fixture.Caller.MeterAsync(EmulatorFixture.Product, fixture.Record(1));
        fixture.Emulator.Faults = new FaultPlan { Seed = 5 };
        Assert.Equal(204, (await fixture.Caller.SendAsync(HttpMethod.Post, "/_emulator/reset")).Status);

        Assert.Empty(await fixture.Emulator.ListRecordsAsync());
        Assert.Equal(new FaultPlan(), fixture.Emulator.Faults);
        Assert.Empty(fixture.Emulator.Calls);
        var undeclared = await fixture.Caller.MeterAsync(EmulatorFixture.Product, fixture.Record(1));
        var declared = await fixture.Caller.MeterAsync("prod-0", fixture.Record(1));
        Assert.Equal("InvalidProductCodeException", undeclared.ErrorCode);
        Assert.Equal(["Success"], declared.Statuses);
    }
}
