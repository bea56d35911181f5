using Tally.Emulator;
using Tally.Tests.Postgres;

namespace Tally.EndToEnd.Hosting;

/// <summary>A cluster of real processes on a PostgreSQL of its own, delivering to an emulator of AWS.</summary>
internal sealed class ClusterProcesses : IAsyncDisposable
{
    private ClusterProcesses(
        PostgresServer postgres, string database, MarketplaceEmulator emulator, IReadOnlyList<SiloProcess> silos)
    {
        (Postgres, Emulator, Silos) = (postgres, emulator, silos);
        Apis = [new(database), new(database)];
    }

    public static TimeSpan Period { get; } = TimeSpan.FromSeconds(10);

    private static string[] Options { get; } = ["--period", $"{Period}", "--seal-delay", "00:00:01"];

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
        var database = await postgres.CreateDatabase();
        var cluster = new ClusterProcesses(postgres, database, emulator,
            [.. Enumerable.Range(0, silos).Select(_ => new SiloProcess(database, emulator.Endpoint, Options))]);
        await cluster.Run(prepareApi, products);
        return cluster;
    }

    /// <summary>Starts everything, with each silo on a machine of its own.</summary>
    public static async Task<ClusterProcesses> Start(int silos, TestNetwork network, params string[] products)
    {
        var postgres = await PostgresServer.Start(network.Database);
        var emulator = await MarketplaceEmulator.StartAsync(
            new() { Host = network.Gateway, Port = 0, Period = Period });
        var database = await postgres.CreateDatabase();
        var seen = database.Replace("127.0.0.1", network.Database, StringComparison.Ordinal);
        var cluster = new ClusterProcesses(postgres, database, emulator,
        [
            .. Enumerable.Range(0, silos).Select(machine => new SiloProcess(seen, emulator.Endpoint, Options)
            {
                Host = network.AddressOf(machine),
                Process = new("Tally.Silo.dll") { Network = network.NamespaceOf(machine) },
            }),
        ]);
        await cluster.Run(_ => { }, products);
        return cluster;
    }

    private async Task Run(Action<ProgramProcess> prepareApi, string[] products)
    {
        await Task.WhenAll(Silos.Select(silo => silo.Start()));
        foreach (var api in Apis)
        {
            prepareApi(api.Process);
        }

        await Task.WhenAll(Apis.Select(api => api.Start()));
        foreach (var product in products)
        {
            await Emulator.DeclareProductAsync(product, "calls", "gb");
            await Apis[0].Client.PutProduct(product, "calls", "gb");
        }
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

    /// <summary>Sends to one API and then to the other, until one of them acknowledges.</summary>
    public async Task<(int Accepted, int Duplicates)> SendAnywhere(IReadOnlyList<Usage> batch)
    {
        (int Accepted, int Duplicates)? answer = null;
        var attempt = batch[0].Id.Length;
        await Poll.Until(async () => (answer = await Apis[attempt++ % Apis.Count].Client.TrySend(batch)) is not null);
        return answer!.Value;
    }

    /// <summary>Checks that AWS holds exactly what was acknowledged, once all of it is delivered.</summary>
    public async Task AssertDelivered(UsageLoad load)
    {
        var api = Apis[0].Client;
        var sums = load.Sums();
        foreach (var product in UsageLoad.Products)
        {
            await api.WaitUntilDelivered(product);
            foreach (var line in (await api.Reconciliation(product))["dimensions"]!.AsArray())
            {
                Assert.Equal(0m, (decimal)line!["difference"]!);
                Assert.Equal(sums[(product, (string)line["dimension"]!)], (decimal)line["accepted"]!);
            }
        }

        Assert.Equal(
            load.Expected().Where(pair => pair.Value > 0).OrderBy(pair => pair.Key),
            (await Billed()).OrderBy(pair => pair.Key));
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
