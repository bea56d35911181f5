using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Tally.EndToEnd.Hosting;

/// <summary>One of Tally's programs in a real process, which can be killed, paused and started again.</summary>
/// <param name="program">The program's file.</param>
internal sealed class ProgramProcess(string program) : IAsyncDisposable
{
    private const int SigInt = 2;
    private const int SigTerm = 15;
    private const int SigCont = 18;
    private const int SigStop = 19;
    private readonly ConcurrentQueue<string> _output = new();
    private Process? _process;

    /// <summary>What .NET is told besides which program to run.</summary>
    public string[] HostArguments { get; set; } = [];

    /// <summary>The network namespace that it runs in; null for the tests' own.</summary>
    public string? Network { get; init; }

    /// <summary>What the next process finds in its environment besides what it always finds.</summary>
    public Dictionary<string, string?> Environment { get; } = [];

    public string Output => string.Join('\n', _output);

    public bool HasExited => _process!.HasExited;

    public int ExitCode => _process!.ExitCode;

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Starts the process, without waiting until it is ready.</summary>
    public void Launch(params IEnumerable<string> arguments)
    {
        string[] place = Network is null ? [] : ["nsenter", $"--net=/run/netns/{Network}"];
        string[] all =
            [.. place, "dotnet", .. HostArguments, Path.Combine(AppContext.BaseDirectory, program), .. arguments];
        var start = new ProcessStartInfo(all[0], all[1..])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
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

    /// <summary>Waits until it answers that it is ready.</summary>
    public Task WaitUntilReady(HttpClient client) => Poll.Until(async () =>
    {
        Assert.False(HasExited, $"The process ended:\n{Output}");
        using var response = await client.GetAsync("health/ready");
        return response.IsSuccessStatusCode;
    });

    /// <summary>Waits until the process ends by itself.</summary>
    public async Task<int> WaitForExit(TimeSpan timeMax)
    {
        using var timeout = new CancellationTokenSource(timeMax);
        await _process!.WaitForExitAsync(timeout.Token);
        return _process.ExitCode;
    }

    /// <summary>kill -9.</summary>
    public async Task Kill()
    {
        _process!.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
    }

    /// <summary>Ctrl-C, or what a service manager sends.</summary>
    public Task<int> Stop(bool likeAServiceManager = false)
    {
        Signal(likeAServiceManager ? SigTerm : SigInt);
        return WaitForExit(TimeSpan.FromMinutes(1));
    }

    /// <summary>Stops it where it is, as a machine does that is too busy or is moved.</summary>
    public void Pause() => Signal(SigStop);

    /// <summary>Lets it go on.</summary>
    public void Continue() => Signal(SigCont);

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
        {
            await Kill();
        }

        _process?.Dispose();
    }

    private void Signal(int signal) => Assert.Equal(0, SendSignal(_process!.Id, signal));

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
