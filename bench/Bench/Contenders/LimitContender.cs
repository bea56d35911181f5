namespace Tally.Bench.Contenders;

/// <summary>The endpoint that only parses, appends and flushes.</summary>
internal sealed class LimitContender(string folder) : Contender("limit", folder)
{
    private ServerProcess? _server;

    /// <inheritdoc/>
    protected override IEnumerable<int> Processes => [_server!.Id];

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await (_server?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    /// <inheritdoc/>
    protected override Task Start(TimeProvider time)
    {
        _server = StartRival("serve-limit", "--dir", Folder);
        return _server.WaitUntilReady(Client, time);
    }
}
