using System.Collections.Concurrent;
using Tally.Emulator.Tests.Hosting;

namespace Tally.Emulator.Tests.Processes;

public sealed class KillTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("emulator-").FullName;

    [Fact]
    public async Task Kill_WhileCallersMeter_KeepsEveryAnsweredRecordUnderItsId()
    {
        var answered = new ConcurrentDictionary<string, string?>(StringComparer.Ordinal);
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        await using (var emulator = await EmulatorProcess.StartAsync(1, "--data", _folder))
        {
            await DeclareAsync(emulator.Endpoint);
            var enough = new TaskCompletionSource();
            var callers = Enumerable.Range(0, 8).Select(number => MeterUntilItDiesAsync(number)).ToList();
            await enough.Task.WaitAsync(TimeSpan.FromSeconds(60));
            await emulator.KillAsync();
            await Task.WhenAll(callers);

            async Task MeterUntilItDiesAsync(int number)
            {
                using var caller = new MeteringCaller(emulator.Endpoint);
                try
                {
                    for (var call = 0; ; call++)
                    {
                        var customer = $"c{number}-{call}";
                        var reply = await caller.MeterAsync("prod-1", Record(customer, now));
                        answered[customer] = reply.RecordIds.Single();
                        if (answered.Count >= 300) _ = enough.TrySetResult();
                    }
                }
                catch (HttpRequestException)
                {
                    return;
                }
            }
        }

        await using var again = await EmulatorProcess.StartAsync(1, "--data", _folder);
        using var reader = new MeteringCaller(again.Endpoint);
        var listed = (await reader.SendAsync(HttpMethod.Get, "/_emulator/records")).Json.EnumerateArray()
            .ToDictionary(
                record => record.GetProperty("customerIdentifier").GetString()!,
                record => record.GetProperty("meteringRecordId").GetString(),
                StringComparer.Ordinal);
        Assert.True(answered.Count >= 300);
        Assert.All(answered, pair => Assert.Equal(pair.Value, listed.GetValueOrDefault(pair.Key)));
        var (known, id) = answered.First();
        var retried = await reader.MeterAsync("prod-1", Record(known, now));
        Assert.Equal(id, retried.RecordIds.Single());
    }

    [Fact]
    public async Task Start_ShorterPeriod_SaysSo()
    {
        await using var emulator = await EmulatorProcess.StartAsync(2, "--period", "00:01:00");
        Assert.Contains("rules aws-2026, state in memory", emulator.Greeting[0], StringComparison.Ordinal);
        Assert.Equal(
            "Records are deduplicated by periods of 00:01:00, not by the hour as AWS does.", emulator.Greeting[1]);
    }

    [Fact]
    public async Task Start_ProductsFromAFile_KnowsThem()
    {
        var file = Path.Combine(_folder, "products.json");
        await File.WriteAllTextAsync(file, """{"prod-7":{"dimensions":["api_calls"],"openToAll":true}}""");
        await using var emulator = await EmulatorProcess.StartAsync(1, "--products", file, "--rules", "aws-2020");
        using var caller = new MeteringCaller(emulator.Endpoint);
        var reply = await caller.MeterAsync("prod-7", Record("c", DateTimeOffset.UtcNow.ToUnixTimeSeconds()));
        Assert.Equal(["Success"], reply.Statuses);
    }

    [Theory]
    [InlineData("There is no option --prt.", "--prt", "1")]
    [InlineData("The option --port is unknown or lacks its value.", "--port")]
    [InlineData("--port x is no number.", "--port", "x")]
    [InlineData("The port is 70000; it must be 0 to 65535.", "--port", "70000")]
    [InlineData("--rules aws-1999 is not one of aws-2026, aws-2020.", "--rules", "aws-1999")]
    [InlineData("The period is 00:07:00; it must be whole seconds and divide an hour evenly.", "--period", "00:07:00")]
    [InlineData("The host 'here' is neither an IP address nor localhost.", "--host", "here")]
    public async Task Start_NotValid_SaysWhyAndEnds(string error, params string[] arguments)
    {
        var (exitCode, errors) = await EmulatorProcess.RunAsync(arguments);
        Assert.Equal(2, exitCode);
        Assert.StartsWith(error, errors, StringComparison.Ordinal);
        Assert.Contains("usage:", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_AddressOfAnotherMachine_SaysWhyAndEnds()
    {
        var (exitCode, errors) = await EmulatorProcess.RunAsync("--host", "192.0.2.1");
        Assert.Equal(1, exitCode);
        Assert.StartsWith("Can't listen on 192.0.2.1: ", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Terminate_Idle_EndsCleanly()
    {
        await using var emulator = await EmulatorProcess.StartAsync(1);
        Assert.Equal(0, await emulator.TerminateAsync());
    }

    [Fact]
    public async Task Start_AddressInUse_SaysWhyAndEnds()
    {
        await using var emulator = await EmulatorProcess.StartAsync(1);
        var (exitCode, errors) = await EmulatorProcess.RunAsync("--port", $"{emulator.Endpoint.Port}");
        Assert.Equal(1, exitCode);
        Assert.Contains("address already in use", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static object Record(string customer, long timestamp) =>
        new { Timestamp = timestamp, CustomerIdentifier = customer, Dimension = "api_calls", Quantity = 1 };

    private static async Task DeclareAsync(Uri endpoint)
    {
        using var caller = new MeteringCaller(endpoint);
        _ = await caller.SendAsync(
            HttpMethod.Put, "/_emulator/products/prod-1", """{"dimensions":["api_calls"],"openToAll":true}""");
    }
}
