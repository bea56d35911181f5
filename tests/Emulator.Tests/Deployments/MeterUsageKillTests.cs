using System.Collections.Concurrent;
using Tally.Emulator.Tests.Hosting;
using Tally.Emulator.Tests.Processes;

namespace Tally.Emulator.Tests.Deployments;

/// <summary>The program is killed while callers meter with tokens; then they try everything again.</summary>
public sealed class MeterUsageKillTests : IDisposable
{
    private const int CallsEnough = 200;
    private readonly string _folder = Directory.CreateTempSubdirectory("emulator-").FullName;

    [Fact]
    public async Task Kill_WhileCallersMeter_RetriesCountEveryTokenOnce()
    {
        var tried = new ConcurrentDictionary<string, string?>(StringComparer.Ordinal);
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
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
                        var token = $"t{number}-{call}";
                        tried[token] = null;
                        tried[token] = (await MeterAsync(caller, token, now)).Body;
                        if (tried.Count >= CallsEnough) _ = enough.TrySetResult();
                    }
                }
                catch (HttpRequestException)
                {
                    return;
                }
            }
        }

        await using var again = await EmulatorProcess.StartAsync(1, "--data", _folder);
        using var retrier = new MeteringCaller(again.Endpoint);
        foreach (var (token, body) in tried)
        {
            var reply = await MeterAsync(retrier, token, now);
            Assert.Equal((200, body ?? reply.Body), (reply.Status, reply.Body));
        }

        var records = (await retrier.SendAsync(HttpMethod.Get, "/_emulator/records")).Json;
        Assert.True(tried.Count >= CallsEnough);
        Assert.Equal(tried.Count, records.GetArrayLength());
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static Task<Reply> MeterAsync(MeteringCaller caller, string token, long timestamp) => caller.CallAsync(
        "MeterUsage",
        new
        {
            ProductCode = "p",
            Timestamp = timestamp,
            UsageDimension = "cpu",
            UsageQuantity = 1,
            ClientToken = token,
        });

    private static async Task DeclareAsync(Uri endpoint)
    {
        using var caller = new MeteringCaller(endpoint);
        _ = await caller.SendAsync(
            HttpMethod.Put, "/_emulator/products/p", """{"dimensions":["cpu"],"meterUsage":"agentCore"}""");
    }
}
