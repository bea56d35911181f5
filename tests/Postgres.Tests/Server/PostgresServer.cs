using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Tally.Tests.Postgres;

/// <summary>
/// A PostgreSQL server of its own, from the machine's binaries, on a free port and in a folder that goes with it. It
/// can be killed and started again.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private const string User = "tally";

    /// <summary>PostgreSQL refuses to run as root.</summary>
    private const string Unprivileged = "nobody";

    private static readonly TimeSpan StartTimeMax = TimeSpan.FromSeconds(60);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tally-postgres-");
    private readonly int _port = FreePort();
    private readonly string? _address;
    private Process? _server;

    private PostgresServer(string? address) => _address = address;

    /// <summary>The folder of the newest PostgreSQL on this machine; null where there is none.</summary>
    public static string? Binaries { get; } =
        (Directory.Exists("/usr/lib/postgresql") ? Directory.GetDirectories("/usr/lib/postgresql") : [])
        .OrderByDescending(folder => int.TryParse(Path.GetFileName(folder), out var version) ? version : 0)
        .Select(folder => Path.Combine(folder, "bin"))
        .FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")));

    /// <summary>How to connect to the database that is always there.</summary>
    public string ConnectionString => ConnectionTo("postgres");

    private string Data => Path.Combine(_folder.FullName, "data");

    /// <summary>Makes a cluster and starts it; skips the test where PostgreSQL is not installed.</summary>
    /// <param name="address">Where it listens for the machines of its network; null to listen only here.</param>
    public static async Task<PostgresServer> Start(string? address = null)
    {
        Assert.SkipWhen(Binaries is null, "PostgreSQL is not installed.");
        var server = new PostgresServer(address);
        await server.Prepare();
        await server.Resume();
        return server;
    }

    /// <summary>Makes an empty database.</summary>
    /// <returns>How to connect to it.</returns>
    public async Task<string> CreateDatabase()
    {
        var name = $"t{Guid.NewGuid():N}";
        await using var source = NpgsqlDataSource.Create(ConnectionString + ";Pooling=false");
        await using var create = source.CreateCommand($"CREATE DATABASE {name}");
        await create.ExecuteNonQueryAsync();
        return ConnectionTo(name);
    }

    /// <summary>Starts it, and returns when it takes connections.</summary>
    public async Task Resume()
    {
        var addresses = _address is null ? "127.0.0.1" : $"127.0.0.1,{_address}";
        _server = Run(
            "postgres", "-D", Data, "-p", $"{_port}", "-h", addresses, "-k", "", "-c", "max_connections=300");
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _server.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is null)
            {
                ready.TrySetException(new InvalidOperationException("PostgreSQL ended before it was ready."));
            }
            else if (line.Data.Contains("ready to accept connections", StringComparison.Ordinal))
            {
                ready.TrySetResult();
            }
        };
        _server.BeginErrorReadLine();
        await ready.Task.WaitAsync(StartTimeMax);
    }

    /// <summary>
    /// Stops it where it is, with all connections: whoever asks waits, as with a disk that doesn't answer.
    /// </summary>
    public Task Pause() => Signal("STOP");

    /// <summary>Lets it go on.</summary>
    public Task Continue() => Signal("CONT");

    /// <summary>Ends it at once, as a crash would; what was committed is there after <see cref="Resume"/>.</summary>
    public async Task Crash()
    {
        if (_server is not { } server)
        {
            return;
        }

        // Immediate shutdown: the children end too, without a checkpoint.
        using (var quit = Process.Start("kill", ["-QUIT", $"{server.Id}"]))
        {
            await quit.WaitForExitAsync();
        }

        await server.WaitForExitAsync();
        server.Dispose();
        _server = null;
    }

    public async ValueTask DisposeAsync()
    {
        await Crash();
        _folder.Delete(recursive: true);
    }

    private async Task Signal(string signal)
    {
        // The server's own process first, so that it makes no more children meanwhile.
        var command = $"kill -{signal} {_server!.Id} && pkill -{signal} -P {_server.Id}";
        using var sent = Process.Start("sh", ["-c", command]);
        await sent.WaitForExitAsync();
    }

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    private string ConnectionTo(string database) =>
        $"Host=127.0.0.1;Port={_port};Username={User};Database={database};SSL Mode=Disable";

    private async Task Prepare()
    {
        Directory.CreateDirectory(Data);
        if (Environment.IsPrivilegedProcess)
        {
            using var own = Process.Start("chown", ["-R", Unprivileged, _folder.FullName]);
            await own.WaitForExitAsync();
        }

        using var make = Run(
            "initdb", "--pgdata", Data, "--username", User, "--auth", "trust", "--encoding", "UTF8", "--locale", "C");
        var (said, complaints) = (make.StandardOutput.ReadToEndAsync(), make.StandardError.ReadToEndAsync());
        await Task.WhenAll(make.WaitForExitAsync(), said, complaints);
        Assert.True(make.ExitCode == 0, $"initdb ended with {make.ExitCode}: {await complaints}");
        await File.AppendAllTextAsync(Path.Combine(Data, "pg_hba.conf"), "host all all samenet trust\n");
    }

    private Process Run(string program, params string[] arguments)
    {
        string[] command = [Path.Combine(Binaries!, program), .. arguments];
        if (Environment.IsPrivilegedProcess)
        {
            command = ["setpriv", "--reuid", Unprivileged, "--regid", "nogroup", "--clear-groups", .. command];
        }

        return Process.Start(new ProcessStartInfo(command[0], command[1..])
        {
            WorkingDirectory = _folder.FullName,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        })!;
    }
}
