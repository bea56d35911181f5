namespace Tally.EndToEnd.Hosting;

/// <summary>A member of the cluster, on free ports that it keeps over restarts.</summary>
/// <param name="postgres">The cluster's database.</param>
/// <param name="marketplace">Where it delivers.</param>
/// <param name="options">More options.</param>
internal sealed class SiloProcess(string postgres, Uri marketplace, params string[] options) : IAsyncDisposable
{
    private readonly int _siloPort = ProgramProcess.FreePort();
    private readonly int _gatewayPort = ProgramProcess.FreePort();
    private readonly int _healthPort = ProgramProcess.FreePort();
    private HttpClient? _health;

    public ProgramProcess Process { get; init; } = new("Tally.Silo.dll");

    /// <summary>Its address in the cluster.</summary>
    public string Host { get; init; } = "127.0.0.1";

    private HttpClient Health => _health ??= new() { BaseAddress = new($"http://{Host}:{_healthPort}") };

    /// <summary>Starts it and waits until it is a member.</summary>
    public async Task Start()
    {
        // Entries that a silo wrote which was given up are found by maintenance; here within seconds.
        Process.Environment["Tally__CheckpointAge"] = "00:00:05";
        Process.Environment["Tally__MaintenanceInterval"] = "00:00:05";
        Process.Launch(
        [
            "--postgres", postgres, "--silo-port", $"{_siloPort}", "--gateway-port", $"{_gatewayPort}",
            "--health-port", $"{_healthPort}", "--host", Host, "--marketplace-endpoint", $"{marketplace}",
            .. options,
        ]);
        await Process.WaitUntilReady(Health);
    }

    /// <summary>Whether it says so.</summary>
    public async Task<bool> IsReady()
    {
        using var response = await Health.GetAsync("health/ready");
        return response.IsSuccessStatusCode;
    }

    public async ValueTask DisposeAsync()
    {
        await Process.DisposeAsync();
        _health?.Dispose();
    }
}
