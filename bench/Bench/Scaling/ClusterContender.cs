using Tally.Bench.Contenders;

namespace Tally.Bench.Scaling;

/// <summary>A cluster as a large vendor runs it: silos, one process of the HTTP API, and PostgreSQL.</summary>
/// <param name="folder">For the files of its processes.</param>
/// <param name="silos">How many silos.</param>
/// <param name="marketplace">Where they deliver.</param>
/// <param name="options">More options of the silos.</param>
internal sealed class ClusterContender(string folder, int silos, Uri marketplace, params string[] options)
    : Contender($"{silos} silos", folder)
{
    private readonly List<ServerProcess> _silos = [];
    private PostgresCluster? _postgres;
    private ServerProcess? _api;

    /// <summary>Processor seconds of PostgreSQL alone so far.</summary>
    public double PostgresSeconds() => ProcessCpu.Seconds([_postgres!.Id]);

    /// <inheritdoc/>
    protected override IEnumerable<int> Processes => [.. _silos.Select(silo => silo.Id), _api!.Id, _postgres!.Id];

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await (_api?.DisposeAsync() ?? ValueTask.CompletedTask);
        await Task.WhenAll(_silos.Select(silo => silo.DisposeAsync().AsTask()));
        await (_postgres?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    /// <inheritdoc/>
    protected override async Task Start(TimeProvider time)
    {
        _postgres = await PostgresCluster.Start(Folder);
        await _postgres.WaitUntilReady(time);
        for (var number = 0; number < silos; number++)
        {
            await StartSilo(time);
        }

        _api = ServerProcess.Start(
            Path.Combine(Folder, "api.log"),
            [new("TALLY_ADMIN_KEY", BenchProduct.Key)],
            "dotnet", Programs.Find("Api"), "--postgres", _postgres.ConnectionString, "--host", "127.0.0.1",
            "--port", $"{Port}");
        await _api.WaitUntilReady(Client, time);
        await BenchProduct.Put(Client);
    }

    private async Task StartSilo(TimeProvider time)
    {
        var health = Ports.Free();
        var silo = ServerProcess.Start(
            Path.Combine(Folder, $"silo-{health}.log"),
            [new("AWS_ACCESS_KEY_ID", "test"), new("AWS_SECRET_ACCESS_KEY", "test")],
            [
                "dotnet", Programs.Find("Silo"), "--postgres", _postgres!.ConnectionString, "--host", "127.0.0.1",
                "--silo-port", $"{Ports.Free()}", "--gateway-port", $"{Ports.Free()}", "--health-port", $"{health}",
                "--marketplace-endpoint", $"{marketplace}", .. options,
            ]);
        _silos.Add(silo);
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{health}") };
        await silo.WaitUntilReady(client, time);
    }
}
