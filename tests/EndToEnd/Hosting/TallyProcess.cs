namespace Tally.EndToEnd.Hosting;

/// <summary>Everything in one real process, on free ports, with data in a folder of its own.</summary>
internal sealed class TallyProcess : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tally-e2e-");
    private readonly ProgramProcess _process = new("Tally.Standalone.dll");

    public TallyProcess(params string[] arguments)
    {
        Arguments = arguments;
        (Port, EmulatorPort) = (ProgramProcess.FreePort(), ProgramProcess.FreePort());
        Client = new HttpClient { BaseAddress = new($"http://localhost:{Port}"), Timeout = TimeSpan.FromSeconds(60) };
        Client.DefaultRequestHeaders.Authorization = new("Bearer", AdminKey);
        Emulator = new HttpClient { BaseAddress = new($"http://localhost:{EmulatorPort}") };
    }

    public static string AdminKey => "end-to-end-admin-key";

    public string[] Arguments { get; set; }

    /// <summary>What the next process finds in its environment besides what it always finds.</summary>
    public Dictionary<string, string?> Environment => _process.Environment;

    /// <summary>What .NET is told besides which program to run.</summary>
    public string[] HostArguments
    {
        get => _process.HostArguments;
        set => _process.HostArguments = value;
    }

    public bool GivesAdminKey { get; set; } = true;

    public int Port { get; }

    public int EmulatorPort { get; }

    public string Data => Path.Combine(_folder.FullName, "data");

    public HttpClient Client { get; }

    public HttpClient Emulator { get; }

    public string Output => _process.Output;

    /// <summary>Starts the process and waits until it takes events.</summary>
    public async Task Start()
    {
        Launch();
        await _process.WaitUntilReady(Client);
    }

    /// <summary>Starts the process and waits until it ends by itself.</summary>
    public Task<int> RunToEnd()
    {
        Launch();
        return _process.WaitForExit(TimeSpan.FromMinutes(1));
    }

    /// <summary>Waits until the process ends, which nobody has asked for.</summary>
    public Task WaitForExit(TimeSpan timeMax) => _process.WaitForExit(timeMax);

    /// <summary>kill -9.</summary>
    public Task Kill() => _process.Kill();

    /// <summary>Ctrl-C, or what a service manager sends.</summary>
    public Task<int> Stop(bool likeAServiceManager = false) => _process.Stop(likeAServiceManager);

    /// <summary>Starts the process, without waiting until it is ready.</summary>
    public void Launch()
    {
        if (GivesAdminKey)
        {
            Environment["TALLY_ADMIN_KEY"] = AdminKey;
        }

        _process.Launch(["--data", Data, "--port", $"{Port}", "--emulator-port", $"{EmulatorPort}", .. Arguments]);
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        Client.Dispose();
        Emulator.Dispose();
        _folder.Delete(recursive: true);
    }
}
