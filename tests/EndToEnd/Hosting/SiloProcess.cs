namespace Tally.EndToEnd.Hosting;

/// <summary>A member of the cluster, on free ports that it keeps over restarts.</summary>
/// <param name="postgres">The cluster's database.</param>
/// <param name="marketplace">Where it delivers.</param>
/// <param name="options">More options.</param>
internal sealed class SiloProcess(string postgres, Uri marketplace, params string[] options) : IAsyncDisposable
{
    private readonly ProgramProcess _process = new("Tally.Silo.dll");
    private readonly int _siloPort = ProgramProcess.FreePort();
    private readonly int _gatewayPort = ProgramProcess.FreePort();
    private readonly int _healthPort = ProgramProcess.FreePort();
    private HttpClient? _health;

    public ProgramProcess Process => _process;

    private HttpClient Health => _health ??= new() { BaseAddress = new($"http://localhost:{_healthPort}") };

    /// <summary>Starts it and waits until it is a member.</summary>
    public async Task Start()
    {
        // Entries that a silo wrote which was given up are found by maintenance; here within seconds.
        _process.Environment["Tally__CheckpointAge"] = "00:00:05";
        _process.Environment["Tally__MaintenanceInterval"] = "00:00:05";
        _process.Launch(
        [
            "--postgres", postgres, "--silo-port", $"{_siloPort}", "--gateway-port", $"{_gatewayPort}",
            "--health-port", $"{_healthPort}", "--host", "127.0.0.1", "--marketplace-endpoint", $"{marketplace}",
            .. options,
        ]);
        await _process.WaitUntilReady(Health);
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _health?.Dispose();
    }
}
