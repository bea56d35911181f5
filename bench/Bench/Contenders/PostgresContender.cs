namespace Tally.Bench.Contenders;

/// <summary>The same front door, and a table of PostgreSQL behind it.</summary>
internal sealed class PostgresContender(string folder) : Contender("postgres", folder)
{
    private PostgresCluster? _cluster;
    private ServerProcess? _server;

    /// <inheritdoc/>
    protected override IEnumerable<int> Processes => [_server!.Id, _cluster!.Id];

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await (_server?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (_cluster?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    /// <inheritdoc/>
    protected override async Task Start(TimeProvider time)
    {
        _cluster = await PostgresCluster.Start(Folder);
        await _cluster.WaitUntilReady(time);
        _server = StartRival("serve-postgres", "--database", _cluster.ConnectionString);
        await _server.WaitUntilReady(Client, time);
    }
}
