using System.Text;
using Tally.Bench.Contenders;

namespace Tally.Bench.Emulation;

/// <summary>The emulator as a process of its own.</summary>
internal sealed class EmulatorProcess : IAsyncDisposable
{
    private readonly ServerProcess _process;
    private readonly HttpClient _client;

    private EmulatorProcess(ServerProcess process, HttpClient client, TimeSpan startTime)
    {
        _process = process;
        _client = client;
        StartTime = startTime;
    }

    /// <summary>Where it listens.</summary>
    public Uri Endpoint => _client.BaseAddress!;

    /// <summary>From the start of the process to its first answer.</summary>
    public TimeSpan StartTime { get; }

    /// <summary>Starts one, and returns when it answers.</summary>
    public static async Task<EmulatorProcess> Start(
        string folder, TimeProvider time, string? data = null, TimeSpan? period = null)
    {
        _ = Directory.CreateDirectory(folder);
        var port = Ports.Free();
        var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        string[] state =
        [
            .. data is null ? Array.Empty<string>() : ["--data", data],
            .. period is { } length ? ["--period", $"{length}"] : Array.Empty<string>(),
        ];
        var began = time.GetTimestamp();
        var process = ServerProcess.Start(
            Path.Combine(folder, "server.log"),
            [],
            ["dotnet", Programs.Find("Emulator"), "--port", $"{port}", .. state]);
        await process.WaitUntilReady(client, time, "/_emulator/health", pauseMilliseconds: 5);
        return new EmulatorProcess(process, client, time.GetElapsedTime(began));
    }

    /// <summary>Asks it what only an emulator knows.</summary>
    public HttpClient Client => _client;

    /// <summary>Declares the product that is metered.</summary>
    public Task DeclareProduct() =>
        Put("products/bench", """{"dimensions":["api_calls"],"openToAll":true}""");

    /// <summary>Tells it something.</summary>
    public async Task Put(string path, string json)
    {
        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        using var response = await _client.PutAsync($"/_emulator/{path}", content);
        _ = response.EnsureSuccessStatusCode();
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _client.Dispose();
    }
}
