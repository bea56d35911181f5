namespace Tally.Bench.Contenders;

/// <summary>The platform as people run it: one process, SQLite, the emulator in place of AWS.</summary>
internal sealed class TallyContender(string folder) : Contender("tally", folder)
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
    protected override async Task Start(TimeProvider time)
    {
        _server = ServerProcess.Start(
            Path.Combine(Folder, "server.log"),
            [KeyValuePair.Create("TALLY_ADMIN_KEY", BenchProduct.Key)],
            "dotnet", Programs.Find("Standalone"), "--serve", "--data", Path.Combine(Folder, "data"),
            "--host", "127.0.0.1",
            "--port", $"{Port}", "--emulator-port", $"{Ports.Free()}");
        await _server.WaitUntilReady(Client, time);
        await BenchProduct.Put(Client);
    }
}
