using CsCheck;
using Tally.Emulator.Faults;
using Tally.Emulator.Tests.Hosting;

namespace Tally.Emulator.Tests.Faults;

public sealed class FaultTests
{
    [Fact]
    public void At_AnyPlace_IsAFractionAndAlwaysTheSame() =>
        Gen.Select(Gen.Long, Gen.Long[0, long.MaxValue], Gen.Int[0, 30]).Sample((seed, call, lane) =>
            Chance.At(seed, call, lane) is >= 0 and < 1
            && Chance.At(seed, call, lane).Equals(Chance.At(seed, call, lane)));

    [Fact]
    public void Next_TenPercent_HitsAboutATenthAndLanesIndependently()
    {
        var injector = new FaultInjector { Plan = new FaultPlan { Throttle = 0.1, Error500 = 0.1, Seed = 42 } };
        var calls = Enumerable.Range(0, 10_000).Select(_ => injector.Next()).ToList();
        Assert.InRange(calls.Count(call => call.Throttles), 900, 1100);
        Assert.InRange(calls.Count(call => call.Throttles && call.Fails), 60, 140);
    }

    [Fact]
    public async Task Throttle_Always_RefusesAndStoresNothing()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        fixture.Emulator.Faults = new FaultPlan { Throttle = 1 };
        var reply = await fixture.Caller.MeterAsync(EmulatorFixture.Product, fixture.Record(1));
        Assert.Equal((400, "ThrottlingException"), (reply.Status, reply.ErrorCode));
        Assert.Empty(await fixture.Emulator.ListRecordsAsync());
    }

    [Fact]
    public async Task Error500_Always_FailsAndStoresNothing()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        fixture.Emulator.Faults = new FaultPlan { Error500 = 1 };
        var reply = await fixture.Caller.MeterAsync(EmulatorFixture.Product, fixture.Record(1));
        Assert.Equal((500, "InternalServiceErrorException"), (reply.Status, reply.ErrorCode));
        Assert.Empty(await fixture.Emulator.ListRecordsAsync());
    }

    [Fact]
    public async Task Unprocessed_Half_LeavesTheSameRecordsEveryTime()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        var records = Enumerable.Range(0, 25).Select(index => fixture.Record(index, timestamp: fixture.Now)).ToArray();
        var plan = new FaultPlan { Unprocessed = 0.5, Seed = 42 };
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
    public async Task DropAfterAccept_Always_StoresAndCutsTheConnection()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        fixture.Emulator.Faults = new FaultPlan { DropAfterAccept = 1 };
        _ = await Assert.ThrowsAnyAsync<HttpRequestException>(
            () => fixture.Caller.MeterAsync(EmulatorFixture.Product, fixture.Record(7)));
        fixture.Emulator.Faults = new FaultPlan();
        var again = await fixture.Caller.MeterAsync(EmulatorFixture.Product, fixture.Record(7));

        Assert.Equal(["Success"], again.Statuses);
        Assert.Equal(
            Assert.Single(await fixture.Emulator.ListRecordsAsync()).MeteringRecordId, again.RecordIds.Single());
        Assert.Contains(fixture.Emulator.Calls, call => call is { Status: 0, Error: "ConnectionAborted", Records: 1 });
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
    [InlineData("""{"throttle":1.5}""")]
    [InlineData("""{"error500":-0.1}""")]
    [InlineData("""{"latencyMs":-1}""")]
    [InlineData("""{"throtle":0.5}""")]
    [InlineData("""{"throttle":"0.5"}""")]
    public async Task PutFaults_NotValid_IsAProblem(string body)
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        var reply = await fixture.Caller.SendAsync(HttpMethod.Put, "/_emulator/faults", body);
        Assert.Equal((400, "application/problem+json"), (reply.Status, reply.ContentType));
    }

    [Fact]
    public async Task PutFaults_Valid_IsWhatGetAnswers()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        const string Plan =
            """{"throttle":0.1,"error500":0.05,"unprocessed":0.1,"dropAfterAccept":0.02,"latencyMs":0,"seed":42}""";
        Assert.Equal(200, (await fixture.Caller.SendAsync(HttpMethod.Put, "/_emulator/faults", Plan)).Status);
        Assert.Equal(Plan, (await fixture.Caller.SendAsync(HttpMethod.Get, "/_emulator/faults")).Body);
    }
}
