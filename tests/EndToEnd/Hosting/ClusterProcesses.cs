using Tally.Emulator;
using Tally.Tests.Postgres;

namespace Tally.EndToEnd.Hosting;

/// <summary>A cluster of real processes on a PostgreSQL of its own, delivering to an emulator of AWS.</summary>
internal sealed class ClusterProcesses : IAsyncDisposable
{
    private ClusterProcesses(PostgresServer postgres, string database, MarketplaceEmulator emulator, int silos)
    {
        (Postgres, Emulator) = (postgres, emulator);
        string[] options = ["--period", $"{Period}", "--seal-delay", "00:00:01"];
        Silos = [.. Enumerable.Range(0, silos).Select(_ => new SiloProcess(database, emulator.Endpoint, options))];
        Apis = [new(database), new(database)];
    }

    public static TimeSpan Period { get; } = TimeSpan.FromSeconds(10);

    public PostgresServer Postgres { get; }

    public MarketplaceEmulator Emulator { get; }

    public IReadOnlyList<SiloProcess> Silos { get; }

    public IReadOnlyList<ApiProcess> Apis { get; }

    /// <summary>Starts everything, with products that are declared to AWS.</summary>
    public static Task<ClusterProcesses> Start(int silos, params string[] products) =>
        Start(silos, _ => { }, products);

    /// <summary>Starts everything, the processes of the HTTP API as they are prepared.</summary>
    public static async Task<ClusterProcesses> Start(
        int silos, Action<ProgramProcess> prepareApi, params string[] products)
    {
        var postgres = await PostgresServer.Start();
        var emulator = await MarketplaceEmulator.StartAsync(new() { Port = 0, Period = Period });
        var cluster = new ClusterProcesses(postgres, await postgres.CreateDatabase(), emulator, silos);
        await Task.WhenAll(cluster.Silos.Select(silo => silo.Start()));
        foreach (var api in cluster.Apis)
        {
            prepareApi(api.Process);
        }

        await Task.WhenAll(cluster.Apis.Select(api => api.Start()));
        foreach (var product in products)
        {
            await emulator.DeclareProductAsync(product, "calls", "gb");
            await cluster.Apis[0].Client.PutProduct(product, "calls", "gb");
        }

        return cluster;
    }

    /// <summary>Is seen where the test fails.</summary>
    private static void Show(string name, ProgramProcess process) =>
        TestContext.Current.TestOutputHelper?.WriteLine($"--- {name}\n{process.Output}");

    /// <summary>What AWS would bill, with a check that no hour was billed twice.</summary>
    public async Task<Dictionary<(string Product, string Customer, string Dimension), long>> Billed()
    {
        using var client = new HttpClient { BaseAddress = Emulator.Endpoint };
        return await client.Billed(Period);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var api in Apis)
        {
            await api.DisposeAsync();
            Show("API", api.Process);
        }

        foreach (var silo in Silos)
        {
            await silo.DisposeAsync();
            Show("silo", silo.Process);
        }

        await Emulator.DisposeAsync();
        await Postgres.DisposeAsync();
    }
}
