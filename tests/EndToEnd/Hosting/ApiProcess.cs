namespace Tally.EndToEnd.Hosting;

/// <summary>A process of the HTTP API, on a free port that it keeps over restarts.</summary>
internal sealed class ApiProcess : IAsyncDisposable
{
    private readonly string _postgres;
    private readonly int _port = ProgramProcess.FreePort();

    public ApiProcess(string postgres)
    {
        _postgres = postgres;
        Client = new() { BaseAddress = new($"http://localhost:{_port}"), Timeout = TimeSpan.FromSeconds(60) };
        Client.DefaultRequestHeaders.Authorization = new("Bearer", TallyProcess.AdminKey);
        Process.Environment["TALLY_ADMIN_KEY"] = TallyProcess.AdminKey;
    }

    public ProgramProcess Process { get; } = new("Tally.Api.dll");

    public HttpClient Client { get; }

    /// <summary>Starts it and waits until it takes events.</summary>
    public async Task Start()
    {
        Process.Launch(["--postgres", _postgres, "--port", $"{_port}"]);
        await Process.WaitUntilReady(Client);
    }

    public async ValueTask DisposeAsync()
    {
        await Process.DisposeAsync();
        Client.Dispose();
    }
}
