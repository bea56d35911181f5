using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Tally.Emulator.Hosting;
using Tally.Emulator.State;

namespace Tally.Emulator.Tests.Hosting;

public sealed class EmbeddingTests
{
    [Fact]
    public async Task Start_TwoInOneProcess_HaveEndpointsAndRecordsOfTheirOwn()
    {
        await using var first = await EmulatorFixture.StartAsync();
        await using var second = await EmulatorFixture.StartAsync();
        _ = await first.Caller.MeterAsync(EmulatorFixture.Product, first.Record(1));

        Assert.NotEqual(first.Emulator.Endpoint, second.Emulator.Endpoint);
        _ = Assert.Single(await first.Emulator.ListRecordsAsync());
        Assert.Empty(await second.Emulator.ListRecordsAsync());
    }

    [Fact]
    public async Task Start_DataDirectory_IsKeptBetweenStarts()
    {
        var folder = Directory.CreateTempSubdirectory("emulator-").FullName;
        var options = new EmulatorOptions { DataDirectory = folder };
        await using (var first = await EmulatorFixture.StartAsync(options))
            _ = await first.Caller.MeterAsync(EmulatorFixture.Product, first.Record(1));
        await using (var second = await EmulatorFixture.StartAsync(options))
        {
            var reply = await second.Caller.MeterAsync(EmulatorFixture.Product, second.Record(2));
            Assert.Equal(["DuplicateRecord"], reply.Statuses);
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Start_SeveralMistakes_NamesThemAll()
    {
        var options = new EmulatorOptions { Port = -1, Host = " ", Period = TimeSpan.FromHours(2) };
        var refused = await Assert.ThrowsAsync<ArgumentException>(() => MarketplaceEmulator.StartAsync(options));
        Assert.Contains("The port is -1", refused.Message, StringComparison.Ordinal);
        Assert.Contains("The host ' '", refused.Message, StringComparison.Ordinal);
        Assert.Contains("The period is 02:00:00", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_WithTheSurroundingProgramsUrls_ListensOnlyToItsOwnOptions()
    {
        await using var emulator = await WithVariableAsync(
            "ASPNETCORE_URLS", "http://127.0.0.1:1", () => MarketplaceEmulator.StartAsync());
        Assert.NotEqual(1, emulator.Endpoint.Port);
        await emulator.DeclareProductAsync("prod-9", "api_calls");
        using var caller = new MeteringCaller(emulator.Endpoint);
        var reply = await caller.MeterAsync("""{"ProductCode":"prod-9","UsageRecords":[]}""");
        Assert.Equal(200, reply.Status);
    }

    [Fact]
    public async Task Build_Embedded_LeavesSignalsToTheProgram()
    {
        await using var state = new MemoryState();
        await using var app = EmulatorHost.Build(new EmulatorOptions(), state, TimeProvider.System, null);
        Assert.IsType<NoLifetime>(app.Services.GetRequiredService<IHostLifetime>());
    }

    [Fact]
    public async Task Dispose_WhileACallIsHeldBack_CutsIt()
    {
        var fixture = await EmulatorFixture.StartAsync();
        fixture.Emulator.Faults = new FaultPlan { LatencyMs = 60_000 };
        var reply = fixture.Caller.MeterAsync(EmulatorFixture.Product, fixture.Record(1));
        await fixture.Emulator.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20));
        _ = await Assert.ThrowsAnyAsync<HttpRequestException>(() => reply);
        fixture.Caller.Dispose();
    }

    [Fact]
    public async Task Dispose_Embedded_StopsListening()
    {
        var emulator = await MarketplaceEmulator.StartAsync(new EmulatorOptions { Host = "localhost" });
        using var caller = new MeteringCaller(emulator.Endpoint);
        Assert.Equal(200, (await caller.SendAsync(HttpMethod.Get, "/_emulator/health")).Status);
        await emulator.DisposeAsync();
        _ = await Assert.ThrowsAsync<HttpRequestException>(
            () => caller.SendAsync(HttpMethod.Get, "/_emulator/health"));
    }

    private static async Task<T> WithVariableAsync<T>(string name, string value, Func<Task<T>> run)
    {
        var before = Environment.GetEnvironmentVariable(name);
        Environment.SetEnvironmentVariable(name, value);
        try
        {
            return await run();
        }
        finally
        {
            Environment.SetEnvironmentVariable(name, before);
        }
    }
}
