using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Tally.Bench.Contenders;

/// <summary>The platform as people run it: one process, SQLite, the emulator in place of AWS.</summary>
internal sealed class TallyContender(string folder) : Contender("tally", folder)
{
    private const string Key = "bench-admin-key-0123456789";

    private const string Product =
        """{"name":"bench","dimensions":{"api_calls":{"aggregation":"sum","rounding":"floor"}}}""";

    private ServerProcess? _server;

    /// <inheritdoc/>
    protected override IEnumerable<int> Processes => [_server!.Id];

    /// <summary>What the platform has counted, and whether its own sums agree.</summary>
    public async Task<(decimal Accepted, decimal Difference)> Reconcile()
    {
        var answer = await Client.GetFromJsonAsync<JsonElement>("/v1/products/bench/reconciliation");
        var dimension = answer.GetProperty("dimensions").EnumerateArray().Single();
        return (dimension.GetProperty("accepted").GetDecimal(), dimension.GetProperty("difference").GetDecimal());
    }

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
            [KeyValuePair.Create("TALLY_ADMIN_KEY", Key)],
            "dotnet", Assembly(), "--serve", "--data", Path.Combine(Folder, "data"), "--host", "127.0.0.1",
            "--port", $"{Port}", "--emulator-port", $"{Ports.Free()}");
        await _server.WaitUntilReady(Client, time);
        Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Key);
        using var content = new StringContent(Product, Encoding.UTF8, "application/json");
        using var response = await Client.PutAsync("/v1/products/bench", content);
        _ = response.EnsureSuccessStatusCode();
    }

    // Built as this executable was: it is in bench/Bench/bin/X, the platform in src/Standalone/bin/X.
    private static string Assembly()
    {
        var own = AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar);
        var target = Path.GetRelativePath(Path.GetFullPath(Path.Combine(own, "..", "..", "..")), own);
        return Path.GetFullPath(
            Path.Combine(own, "../../../../../src/Standalone", target, "Tally.Standalone.dll"));
    }
}
