using System.Text.Json;
using CsCheck;
using Microsoft.Extensions.Time.Testing;
using Tally.Emulator.Faults;
using Tally.Emulator.Signatures;
using Tally.Emulator.Tests.Hosting;

namespace Tally.Emulator.Tests.Faults;

public sealed class FaultTests
{
    private static readonly Caller Anyone = new("111122223333", "us-east-1", null);

    [Fact]
    public void At_AnyPlace_IsAFractionAndAlwaysTheSame() =>
        Gen.Select(Gen.Long, Gen.Long[0, long.MaxValue], Gen.Int[0, 30]).Sample((seed, call, lane) =>
            Chance.At(seed, call, lane) is >= 0 and < 1
            && Chance.At(seed, call, lane).Equals(Chance.At(seed, call, lane)));

    [Fact]
    public void Next_TenPercent_HitsAboutATenthAndLanesIndependently()
    {
        var plan = new FaultPlan { ThrottleRate = 0.1, ErrorRate = 0.1, Seed = 42 };
        var injector = new FaultInjector(plan, new FakeTimeProvider());
        var calls = Enumerable.Range(0, 10_000).Select(_ => injector.Next(Anyone, "BatchMeterUsage")).ToList();
        Assert.InRange(calls.Count(call => call.Throttles), 900, 1100);
        Assert.InRange(calls.Count(call => call.Throttles && call.Fails), 60, 140);
    }

    [Fact]
    public async Task ThrottleRate_Always_RefusesAndStoresNothing()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        fixture.Emulator.Faults = new FaultPlan { ThrottleRate = 1 };
        var reply = await fixture.Caller.MeterAsync(EmulatorFixture.Product, fixture.Record(1));
        Assert.Equal((400, "ThrottlingException"), (reply.Status, reply.ErrorCode));
        Assert.Empty(await fixture.Emulator.ListRecordsAsync());
    }

    [Fact]
    public async Task ErrorRate_Always_FailsAndStoresNothing()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        fixture.Emulator.Faults = new FaultPlan { ErrorRate = 1 };
        var reply = await fixture.Caller.MeterAsync(EmulatorFixture.Product, fixture.Record(1));
        Assert.Equal((500, "InternalServiceErrorException"), (reply.Status, reply.ErrorCode));
        Assert.Empty(await fixture.Emulator.ListRecordsAsync());
    }

    [Fact]
    public async Task UnprocessedRate_Half_LeavesTheSameRecordsEveryTime()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        var records = Enumerable.Range(0, 25).Select(index => fixture.Record(index, timestamp: fixture.Now)).ToArray();
        var plan = new FaultPlan { UnprocessedRate = 0.5, Seed = 42 };
        fixture.Emulator.Faults = plan;
        var first = await fixture.Caller.MeterAsync(EmulatorFixture.Product, records);
        fixture.Emulator.Faults = plan;
        var again = await fixture.Caller.MeterAsync(EmulatorFixture.Product, records);

        var left = first.Json.GetProperty("UnprocessedRecords");
        Assert.InRange(left.GetArrayLength(), 5, 20);
        Assert.Equal(25, left.GetArrayLength() + first.Statuses.Length);
        Assert.Equal(left.GetRawText(), again.Json.GetProperty("UnprocessedRecords").GetRawText());
    }

    [Fact]
    public async Task LoseAnswerRate_Always_StoresAndCutsTheConnection()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        fixture.Emulator.Faults = new FaultPlan { LoseAnswerRate = 1 };
        _ = await Assert.ThrowsAnyAsync<HttpRequestException>(
            () => fixture.Caller.MeterAsync(EmulatorFixture.Product, fixture.Record(7)));
        fixture.Emulator.Faults = new FaultPlan();
        var again = await fixture.Caller.MeterAsync(EmulatorFixture.Product, fixture.Record(7));

        Assert.Equal(["Success"], again.Statuses);
        Assert.Equal(
            Assert.Single(await fixture.Emulator.ListRecordsAsync()).MeteringRecordId, again.RecordIds.Single());
        Assert.Contains(fixture.Emulator.Calls, call => call is { Status: 0, Error: "AnswerLost", Records: 1 });
    }

    [Fact]
    public async Task Latency_Set_HoldsTheAnswerUntilItHasPassed()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        fixture.Emulator.Faults = new FaultPlan { LatencyMs = 60_000 };
        var reply = fixture.Caller.MeterAsync(EmulatorFixture.Product, fixture.Record(1));
        while (!reply.IsCompleted)
        {
            fixture.Clock.Advance(TimeSpan.FromSeconds(10));
            await Task.Delay(10); // polls for a condition
        }

        Assert.Equal(["Success"], (await reply).Statuses);
        Assert.True(fixture.Clock.GetUtcNow() - EmulatorFixture.Start >= TimeSpan.FromMinutes(1));
    }

    [Theory]
    [InlineData("""{"throttleRate":1.5}""")]
    [InlineData("""{"errorRate":-0.1}""")]
    [InlineData("""{"latencyMs":-1}""")]
    [InlineData("""{"throtle":0.5}""")]
    [InlineData("""{"throttleRate":"0.5"}""")]
    public async Task PutFaults_NotValid_IsAProblem(string body)
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        var reply = await fixture.Caller.SendAsync(HttpMethod.Put, "/_emulator/faults", body);
        Assert.Equal((400, "application/problem+json"), (reply.Status, reply.ContentType));
    }

    [Theory]
    [InlineData("""{"quotas":"AWS"}""")]
    [InlineData("""{"quotas":{"MeterUsage":"ten"}}""")]
    [InlineData("""{"quotas":{"MeterUsag":10}}""")]
    [InlineData("""{"quotas":{"MeterUsage":-1}}""")]
    [InlineData("""{"disabled":["Everything"]}""")]
    [InlineData("""{"disabled":"all"}""")]
    [InlineData("""{"retryAfterSeconds":-1}""")]
    [InlineData("""{"timeoutMs":0}""")]
    [InlineData("""{"after":-1}""")]
    [InlineData("""{"calls":-1}""")]
    public async Task PutFaults_WithAWrongMember_IsAProblem(string body)
    {
        await PutFaults_NotValid_IsAProblem(body);
    }

    [Theory]
    [InlineData("""{"callsPerSecond":10,"errorRate":0.3,"loseAnswerRate":0.1,"unprocessedRate":0.2,"seed":7}""")]
    [InlineData("""{"quotas":"aws","disabled":true,"retryAfterSeconds":2,"after":3,"calls":4}""")]
    [InlineData("""{"quotas":{"MeterUsage":0.5},"disabled":["MeterUsage","ResolveCustomer"],"latencyMs":5}""")]
    public async Task PutFaults_Valid_IsWhatGetAnswers(string plan)
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        Assert.Equal(200, (await fixture.Caller.SendAsync(HttpMethod.Put, "/_emulator/faults", plan)).Status);
        var answer = (await fixture.Caller.SendAsync(HttpMethod.Get, "/_emulator/faults")).Json;
        foreach (var member in JsonSerializer.Deserialize<JsonElement>(plan).EnumerateObject())
            Assert.Equal(member.Value.GetRawText(), answer.GetProperty(member.Name).GetRawText());
    }
}
