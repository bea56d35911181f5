using System.Diagnostics;

namespace Tally.Emulator.Tests.Processes;

/// <summary>The emulator as a program of its own, started as anybody starts it.</summary>
internal sealed class EmulatorProcess : IAsyncDisposable
{
    private readonly Process _process;

    private EmulatorProcess(Process process, Uri endpoint, IReadOnlyList<string> greeting)
    {
        _process = process;
        Endpoint = endpoint;
        Greeting = greeting;
    }

    public Uri Endpoint { get; }

    /// <summary>The first line that it wrote, and those that came with it.</summary>
    public IReadOnlyList<string> Greeting { get; }

    public static Task<EmulatorProcess> StartAsync(int greetingLines, params string[] arguments) =>
        StartAsync(greetingLines, StartInfo(["--port", "0", .. arguments]));

    /// <summary>Starts it as the program that is given.</summary>
    public static async Task<EmulatorProcess> StartAsync(int greetingLines, ProcessStartInfo program)
    {
        var process = Process.Start(program)!;
        var greeting = new List<string>();
        while (greeting.Count < greetingLines && await process.StandardOutput.ReadLineAsync() is { } line)
            greeting.Add(line);
        var words = greeting.Count > 0 ? greeting[0].Split([' ', ','], StringSplitOptions.RemoveEmptyEntries) : [];
        var endpoint = words.FirstOrDefault(word => word.StartsWith("http://", StringComparison.Ordinal))
            ?? throw new InvalidOperationException(
                $"The emulator did not start: {await process.StandardError.ReadToEndAsync()}");
        return new EmulatorProcess(process, new Uri(endpoint), greeting);
    }

    /// <summary>Runs it with arguments that make it end by itself.</summary>
    public static async Task<(int ExitCode, string Errors)> RunAsync(params string[] arguments)
    {
        using var process = Process.Start(StartInfo(arguments))!;
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, errors);
    }

    /// <summary>Ends it at once, without any chance to tidy up.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Asks it to end, as a service manager does; returns its exit code.</summary>
    public async Task<int> TerminateAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) await KillAsync();
        _process.Dispose();
    }

    private static ProcessStartInfo StartInfo(IEnumerable<string> arguments)
    {
        var program = typeof(MarketplaceEmulator).Assembly.Location;
        return new ProcessStartInfo("dotnet", [program, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
    }
}
