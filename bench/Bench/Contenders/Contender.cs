using Tally.Bench.Load;

namespace Tally.Bench.Contenders;

/// <summary>A server that takes events, running in processes of its own in a folder of its own.</summary>
internal abstract class Contender(string name, string folder) : IAsyncDisposable
{
    /// <summary>What the tables call it.</summary>
    public string Name => name;

    /// <summary>Where its files are.</summary>
    protected string Folder => folder;

    /// <summary>The port that it listens on.</summary>
    protected int Port { get; } = Ports.Free();

    /// <summary>Sends it requests.</summary>
    public HttpClient Client => field ??= new HttpClient(new SocketsHttpHandler { UseProxy = false })
    {
        BaseAddress = new Uri($"http://127.0.0.1:{Port}"),
        Timeout = TimeSpan.FromMinutes(2),
    };

    /// <summary>Sends it events.</summary>
    public LoadGenerator Load { get; private set; } = null!;

    /// <summary>Its processes, without their children.</summary>
    protected abstract IEnumerable<int> Processes { get; }

    /// <summary>Starts it, and returns when it takes events.</summary>
    public async Task Start(IngestOptions options, TimeProvider time)
    {
        _ = Directory.CreateDirectory(folder);
        await Start(time);
        Load = new LoadGenerator(Client, options, time);
    }

    /// <summary>Processor seconds of all its processes so far.</summary>
    public double CpuSeconds() => ProcessCpu.Seconds(Processes);

    /// <summary>Stops it.</summary>
    public virtual ValueTask DisposeAsync()
    {
        Client.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Starts its processes.</summary>
    protected abstract Task Start(TimeProvider time);

    /// <summary>Starts this executable as one of the rivals.</summary>
    protected ServerProcess StartRival(string verb, params IEnumerable<string> arguments) =>
        ServerProcess.Start(
            Path.Combine(folder, "server.log"),
            [],
            [
                "dotnet", Path.Combine(AppContext.BaseDirectory, "Tally.Bench.dll"), verb,
                "--port", $"{Port}", .. arguments,
            ]);
}
