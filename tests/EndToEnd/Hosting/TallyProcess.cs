using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Tally.EndToEnd.Hosting;

/// <summary>The real program in a real process, on free ports, with data in a folder of its own.</summary>
internal sealed class TallyProcess : IAsyncDisposable
{
    private const int SigInt = 2;
    private const int SigTerm = 15;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tally-e2e-");
    private readonly ConcurrentQueue<string> _output = new();
    private Process? _process;

    public TallyProcess(params string[] arguments)
    {
        Arguments = arguments;
        (Port, EmulatorPort) = (FreePort(), FreePort());
        Client = new HttpClient { BaseAddress = new($"http://localhost:{Port}"), Timeout = TimeSpan.FromSeconds(60) };
        Client.DefaultRequestHeaders.Authorization = new("Bearer", AdminKey);
        Emulator = new HttpClient { BaseAddress = new($"http://localhost:{EmulatorPort}") };
    }

    public static string AdminKey => "end-to-end-admin-key";

    public string[] Arguments { get; set; }

    /// <summary>What the next process finds in its environment besides what it always finds.</summary>
    public Dictionary<string, string?> Environment { get; } = [];

    /// <summary>What .NET is told besides which program to run.</summary>
    public string[] HostArguments { get; set; } = [];

    public bool GivesAdminKey { get; set; } = true;

    public int Port { get; }

    public int EmulatorPort { get; }

    public string Data => Path.Combine(_folder.FullName, "data");

    public HttpClient Client { get; }

    public HttpClient Emulator { get; }

    public string Output => string.Join('\n', _output);

    /// <summary>Starts the process and waits until it takes events.</summary>
    public async Task Start()
    {
        Launch();
        await Poll.Until(async () =>
        {
            Assert.False(_process!.HasExited, $"The process ended:\n{Output}");
            using var response = await Client.GetAsync("health/ready");
            return response.IsSuccessStatusCode;
        });
    }

    /// <summary>Starts the process and waits until it ends by itself.</summary>
    public async Task<int> RunToEnd()
    {
        Launch();
        using var timeout = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        await _process!.WaitForExitAsync(timeout.Token);
        return _process.ExitCode;
    }

    /// <summary>Waits until the process ends, which nobody has asked for.</summary>
    public async Task WaitForExit(TimeSpan timeMax)
    {
        using var timeout = new CancellationTokenSource(timeMax);
        await _process!.WaitForExitAsync(timeout.Token);
    }

    /// <summary>kill -9.</summary>
    public async Task Kill()
    {
        _process!.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
    }

    /// <summary>Ctrl-C, or what a service manager sends.</summary>
    public async Task<int> Stop(bool likeAServiceManager = false)
    {
        Assert.Equal(0, SendSignal(_process!.Id, likeAServiceManager ? SigTerm : SigInt));
        using var timeout = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        await _process.WaitForExitAsync(timeout.Token);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
        {
            await Kill();
        }

        _process?.Dispose();
        Client.Dispose();
        Emulator.Dispose();
        _folder.Delete(recursive: true);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Starts the process, without waiting until it is ready.</summary>
    public void Launch()
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        string[] all =
        [
            .. HostArguments,
            Path.Combine(AppContext.BaseDirectory, "Tally.Standalone.dll"),
            "--data", Data, "--port", $"{Port}", "--emulator-port", $"{EmulatorPort}", .. Arguments,
        ];
        Array.ForEach(all, start.ArgumentList.Add);
        if (GivesAdminKey)
        {
            start.Environment["TALLY_ADMIN_KEY"] = AdminKey;
        }

        foreach (var (name, value) in Environment)
        {
            start.Environment[name] = value;
        }

        _process?.Dispose();
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    private void Keep(string? line)
    {
        if (line is not null)
        {
            _output.Enqueue(line);
        }
    }

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int SendSignal(int process, int signal);
}
