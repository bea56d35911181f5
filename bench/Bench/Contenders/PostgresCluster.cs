using Npgsql;

namespace Tally.Bench.Contenders;

/// <summary>A PostgreSQL server of the benchmark's own, with the settings that it comes with.</summary>
internal sealed class PostgresCluster : IAsyncDisposable
{
    private const string Binaries = "/usr/lib/postgresql/15/bin";
    private const string User = "nobody";
    private readonly ServerProcess _server;
    private readonly int _port;

    private PostgresCluster(ServerProcess server, int port) => (_server, _port) = (server, port);

    /// <summary>Whether PostgreSQL is installed here.</summary>
    public static bool IsInstalled => File.Exists(Path.Combine(Binaries, "initdb"));

    /// <summary>The process id of its first process.</summary>
    public int Id => _server.Id;

    /// <summary>How to connect.</summary>
    public string ConnectionString => $"Host=127.0.0.1;Port={_port};Username=bench;Database=postgres;SSL Mode=Disable";

    /// <summary>Makes a cluster in a folder and starts it.</summary>
    public static async Task<PostgresCluster> Start(string folder)
    {
        var (data, log) = (Path.Combine(folder, "cluster"), Path.Combine(folder, "postgres.log"));
        var port = Ports.Free();
        _ = Directory.CreateDirectory(data);
        if (Environment.IsPrivilegedProcess)
        {
            await ServerProcess.Run(log, "chown", "-R", User, folder);
        }

        await ServerProcess.Run(
            log,
            [
                .. AsUser, Path.Combine(Binaries, "initdb"), "--pgdata", data, "--username", "bench", "--auth", "trust",
                "--encoding", "UTF8", "--locale", "C",
            ]);
        var server = ServerProcess.Start(
            log,
            [],
            [
                .. AsUser, Path.Combine(Binaries, "postgres"), "-D", data, "-p", $"{port}", "-h", "127.0.0.1", "-k", "",
                "-c", "synchronous_commit=on", "-c", "fsync=on", "-c", "max_connections=300",
            ]);
        return new PostgresCluster(server, port);
    }

    /// <summary>Waits until it takes connections.</summary>
    public async Task WaitUntilReady(TimeProvider time)
    {
        await using var source = NpgsqlDataSource.Create(ConnectionString);
        for (var attempts = 300; ; attempts--)
        {
            try
            {
                await using var connection = await source.OpenConnectionAsync();
                return;
            }
            catch (NpgsqlException) when (attempts > 0)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), time);
            }
        }
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    // PostgreSQL refuses to run as root.
    private static string[] AsUser => Environment.IsPrivilegedProcess
        ? ["setpriv", "--reuid", User, "--regid", "nogroup", "--clear-groups"]
        : [];
}
