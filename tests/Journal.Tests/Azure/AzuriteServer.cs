using System.Diagnostics;
using System.Globalization;

namespace Tally.Journal.Tests.Azure;

/// <summary>Azurite, which stands in for Azure Storage, on a free port and in a folder that goes with it.</summary>
public sealed class AzuriteServer : IAsyncDisposable
{
    // Azurite's own, published, and the same everywhere.
    private const string Account = "devstoreaccount1";

    private const string Key =
        "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

    private static readonly TimeSpan StartTimeMax = TimeSpan.FromSeconds(60);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tally-azurite-");
    private readonly SemaphoreSlim _starting = new(1);
    private Process? _server;
    private string? _connectionString;

    private static string Script { get; } = Path.Combine(
        Find("tests/Journal.Tests/Azure"), "node_modules", "azurite", "dist", "src", "blob", "main.js");

    /// <summary>Starts it at the first call; skips the test where it is not installed.</summary>
    /// <returns>How to connect to it.</returns>
    public async Task<string> Start()
    {
        Assert.SkipUnless(File.Exists(Script), "Azurite is not installed; test.sh does so where there is npm.");
        await _starting.WaitAsync();
        try
        {
            return _connectionString ??= await Run();
        }
        finally
        {
            _starting.Release();
        }
    }

    /// <summary>Ends it at once.</summary>
    public async Task Crash()
    {
        if (_server is { } server)
        {
            server.Kill(entireProcessTree: true);
            await server.WaitForExitAsync();
            server.Dispose();
            (_server, _connectionString) = (null, null);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Crash();
        _starting.Dispose();
        _folder.Delete(recursive: true);
    }

    private static string Find(string folder)
    {
        var above = AppContext.BaseDirectory;
        while (!Directory.Exists(Path.Combine(above, folder)))
        {
            above = Path.GetDirectoryName(above) ?? throw new InvalidOperationException($"{folder} is nowhere above.");
        }

        return Path.Combine(above, folder);
    }

    private async Task<string> Run()
    {
        // Port 0: it takes a free one, and says which.
        _server = Process.Start(new ProcessStartInfo(
            "node",
            [
                Script, "--blobPort", "0", "--location", _folder.FullName, "--silent", "--skipApiVersionCheck",
                "--disableTelemetry",
            ])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        _server.ErrorDataReceived += (_, _) => { };
        _server.BeginErrorReadLine();
        var ready = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        _server.OutputDataReceived += (_, line) =>
        {
            if (line.Data is null)
            {
                ready.TrySetException(new InvalidOperationException("Azurite ended before it was ready."));
            }
            else if (line.Data.Contains("successfully listens", StringComparison.Ordinal))
            {
                ready.TrySetResult(int.Parse(
                    line.Data.AsSpan(line.Data.LastIndexOf(':') + 1), CultureInfo.InvariantCulture));
            }
        };
        _server.BeginOutputReadLine();
        var port = await ready.Task.WaitAsync(StartTimeMax);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"AccountName={Account};AccountKey={Key};BlobEndpoint=http://127.0.0.1:{port}/{Account}");
    }
}
