using System.Diagnostics;

namespace Tally.Bench.Contenders;

/// <summary>A process that is measured: what it prints goes to a file, and it ends with the benchmark.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan StopMax = TimeSpan.FromSeconds(20);
    private readonly Process _process;
    private readonly string _log;
    private readonly StreamWriter _output;

    private ServerProcess(ProcessStartInfo start, string log)
    {
        _log = log;
        _output = new StreamWriter(log, append: true) { AutoFlush = true };
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _ = _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>The process id.</summary>
    public int Id => _process.Id;

    /// <summary>Starts a program.</summary>
    /// <param name="log">The file for what it prints.</param>
    /// <param name="environment">Variables to add to the environment.</param>
    /// <param name="command">The program and its arguments.</param>
    public static ServerProcess Start(
        string log, IEnumerable<KeyValuePair<string, string>> environment, params IEnumerable<string> command)
    {
        var start = new ProcessStartInfo(command.First(), command.Skip(1))
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetDirectoryName(log),
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return new ServerProcess(start, log);
    }

    /// <summary>Runs a program to its end, which has to be a good one.</summary>
    public static async Task Run(string log, params IEnumerable<string> command)
    {
        await using var process = Start(log, [], command);
        await process._process.WaitForExitAsync();
        if (process._process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{command.First()} failed: {process.Log()}");
        }
    }

    /// <summary>Waits until an address answers with success.</summary>
    public async Task WaitUntilReady(
        HttpClient client, TimeProvider time, string path = "/health/ready", int pauseMilliseconds = 100)
    {
        var start = time.GetTimestamp();
        while (!await Answers(client, path))
        {
            if (_process.HasExited || time.GetElapsedTime(start) > TimeSpan.FromSeconds(90))
            {
                throw new InvalidOperationException($"The server did not start: {Log()}");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(pauseMilliseconds), time);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            // SIGTERM: .NET has no call for it. What does not heed it is killed, with its children.
            using var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
            using var patience = new CancellationTokenSource(StopMax);
            try
            {
                await _process.WaitForExitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                _process.Kill(entireProcessTree: true);
                await _process.WaitForExitAsync(CancellationToken.None);
            }
        }

        _process.Dispose();
        lock (_output)
        {
            _output.Dispose();
        }
    }

    private static async Task<bool> Answers(HttpClient client, string path)
    {
        try
        {
            using var response = await client.GetAsync(path);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private void Keep(string? line)
    {
        lock (_output)
        {
            if (line is not null && _output.BaseStream is { CanWrite: true })
            {
                _output.WriteLine(line);
            }
        }
    }

    private string Log()
    {
        lock (_output)
        {
            return string.Join('\n', File.ReadLines(_log).TakeLast(20));
        }
    }
}
