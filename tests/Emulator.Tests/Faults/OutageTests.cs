using Tally.Emulator.Tests.Hosting;

namespace Tally.Emulator.Tests.Faults;

public sealed class OutageTests
{
    [Fact]
    public async Task DropRate_Always_CutsTheConnectionAndStoresNothing()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        fixture.Emulator.Faults = new FaultPlan { DropRate = 1 };
        _ = await Assert.ThrowsAnyAsync<HttpRequestException>(() => MeterAsync(fixture));
        Assert.Empty(await fixture.Emulator.ListRecordsAsync());
        Assert.Contains(fixture.Emulator.Calls, call => call is { Status: 0, Error: "ConnectionDropped" });
    }

    [Fact]
    public async Task TimeoutRate_Always_StoresAndCutsWhenTheTimeIsUp()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        fixture.Emulator.Faults = new FaultPlan { TimeoutRate = 1, TimeoutMs = 60_000 };
        var reply = MeterAsync(fixture);
        await UntilAsync(() => fixture.Emulator.Calls is [{ Error: "AnswerTimedOut", Answer: not null }]);
        _ = Assert.Single(await fixture.Emulator.ListRecordsAsync());
        Assert.False(reply.IsCompleted);
        await UntilAsync(() =>
        {
            fixture.Clock.Advance(TimeSpan.FromSeconds(10));
            return reply.IsCompleted;
        });
        _ = await Assert.ThrowsAnyAsync<HttpRequestException>(() => reply);
        Assert.True(fixture.Clock.GetUtcNow() - EmulatorFixture.Start >= TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task TimeoutRate_ClientGivesUp_EndsWithTheClient()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        fixture.Emulator.Faults = new FaultPlan { TimeoutRate = 1 };
        using var http = new HttpClient { BaseAddress = fixture.Emulator.Endpoint };
        using var patience = new CancellationTokenSource();
        var reply = http.PostAsync("/", Content(), patience.Token);
        await UntilAsync(() => fixture.Emulator.Calls.Count == 1);
        await patience.CancelAsync();
        _ = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reply);
    }

    [Fact]
    public async Task Disabled_SomeOperations_RefusesThemInTheirOwnWords()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        fixture.Emulator.Faults = new FaultPlan { Disabled = new(["MeterUsage", "ResolveCustomer"]) };
        Assert.Equal("DisabledApiException", (await fixture.Caller.ResolveAsync("t")).ErrorCode);
        var refused = await fixture.Caller.CallAsync("AWSMPMeteringService.MeterUsage", "{}");
        Assert.Equal("AccessDeniedException", refused.ErrorCode);
        Assert.Equal(["Success"], (await MeterAsync(fixture)).Statuses);
        fixture.Emulator.Faults = new FaultPlan { Disabled = DisabledOperations.All };
        Assert.Equal("DisabledApiException", (await MeterAsync(fixture)).ErrorCode);
    }

    [Fact]
    public async Task AfterAndCalls_TwoOfThem_HarmThoseCallsAlone()
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        fixture.Emulator.Faults = new FaultPlan { ErrorRate = 1, After = 1, Calls = 2 };
        var statuses = new List<int>();
        for (var call = 0; call < 5; call++)
            statuses.Add((await MeterAsync(fixture)).Status);
        Assert.Equal([200, 500, 500, 200, 200], statuses);
    }

    [Theory]
    [InlineData(7, "Retry-After: 7")]
    [InlineData(null, null)]
    public async Task RetryAfterSeconds_WhenThrottled_IsAHeaderOnlyIfAskedFor(int? seconds, string? expected)
    {
        await using var fixture = await EmulatorFixture.StartAsync();
        fixture.Emulator.Faults = new FaultPlan { ThrottleRate = 1, RetryAfterSeconds = seconds };
        using var http = new HttpClient { BaseAddress = fixture.Emulator.Endpoint };
        using var content = Content();
        using var response = await http.PostAsync("/", content);
        Assert.Equal(expected, response.Headers.RetryAfter is { } found ? $"Retry-After: {found}" : null);
    }

    [Theory]
    [InlineData("""{"errorRate":1}""", 1)]
    [InlineData(null, 0.25)]
    public void Faults_OnTheCommandLine_AreJsonOrAFile(string? json, double expected)
    {
        var path = Path.GetTempFileName();
        File.WriteAllText(path, """{"errorRate":0.25}""");
        Assert.Equal(expected, CommandLine.Read(["--faults", json ?? path]).Faults.ErrorRate);
        File.Delete(path);
    }

    [Fact]
    public async Task Reset_StartedWithFaults_HasThemAgain()
    {
        var faults = new FaultPlan { Seed = 9, LatencyJitterMs = 1 };
        await using var fixture = await EmulatorFixture.StartAsync(new EmulatorOptions { Faults = faults });
        fixture.Emulator.Faults = new FaultPlan();
        await fixture.Emulator.ResetAsync();
        Assert.Equal(faults, fixture.Emulator.Faults);
    }

    private static StringContent Content()
    {
        var content = new StringContent("{\"ProductCode\":\"prod-1\",\"UsageRecords\":[]}");
        content.Headers.ContentType = new("application/x-amz-json-1.1");
        content.Headers.Add("X-Amz-Target", "AWSMPMeteringService.BatchMeterUsage");
        return content;
    }

    private static Task<Reply> MeterAsync(EmulatorFixture fixture) =>
        fixture.Caller.MeterAsync(EmulatorFixture.Product, fixture.Record(1));

    private static async Task UntilAsync(Func<bool> condition)
    {
        for (var tries = 0; !condition(); tries++)
        {
            Assert.True(tries < 3000, "The condition did not come true.");
            await Task.Delay(10); // polls for a condition
        }
    }
}
