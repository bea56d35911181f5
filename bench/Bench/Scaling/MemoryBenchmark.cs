using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime;
using Tally.Api.Hosting;
using Tally.Api.Tenants;
using Tally.Bench.Contenders;
using Tally.Bench.Load;
using Tally.Bench.Reports;
using Tally.Grains.Hosting;
using Tally.Silo.Metering;
using Tally.Silo.Sqlite;

namespace Tally.Bench.Scaling;

/// <summary>
/// Measures what a customer takes of memory while its actor is active, and when it is not any more: a whole platform
/// in this process, on SQLite, as a vendor embeds it.
/// </summary>
internal static class MemoryBenchmark
{
    /// <summary>Runs it and prints what was found.</summary>
    public static async Task Run(IngestOptions options, TimeProvider time)
    {
        var folder = Path.Combine(options.Data, $"tally-memory-{Environment.ProcessId}");
        _ = Directory.CreateDirectory(folder);
        try
        {
            await using var app = await Start(folder);
            using var client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
            await BenchProduct.Put(client);
            await Measure(app.Services, client, options, time);
            await app.StopAsync();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<WebApplication> Start(string folder)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.UseUrls($"http://127.0.0.1:{Ports.Free()}");
        builder.Host.UseOrleans(silo =>
        {
            silo.UseLocalhostClustering(Ports.Free(), Ports.Free());
            silo.AddSqliteStores(new() { Path = Path.Combine(folder, "usage.db") });
            silo.AddTally(_ => { });
        });
        builder.Services.AddSingleton(
            MarketplaceClients.Create(new Uri("http://127.0.0.1:1"), region: null, standIn: "bench"));
        builder.Services.AddTallyApi(api => (api.IdleLanesMax, api.Pages) = (0, false));
        builder.Services.AddHostedService(services =>
            new FirstTenant(services.GetRequiredService<IGrainFactory>(), BenchProduct.Key));
        var app = builder.Build();
        app.MapTallyApi();
        await app.StartAsync();
        return app;
    }

    private static async Task Measure(
        IServiceProvider services, HttpClient client, IngestOptions options, TimeProvider time)
    {
        var management = services.GetRequiredService<IGrainFactory>().GetGrain<IManagementGrain>(0);
        var load = new LoadGenerator(client, options with { Customers = 1 }, time);
        _ = await load.SendTwice();
        await Rest(management, time);
        var (empty, before) = (Used(), await management.GetTotalActivationCount());

        load = new LoadGenerator(client, options, time);
        await load.Measure(TimeSpan.Zero, 10L * options.Customers, () => 0);
        var (active, count) = (Used(), await management.GetTotalActivationCount() - before);
        Lines.Print(
            $"{count:N0} active customers with {load.Acknowledged / (double)count:N0} events each: ",
            $"{(active - empty) / (double)count:N0} bytes each");

        await Rest(management, time);
        var (idle, left) = (Used(), await management.GetTotalActivationCount() - before);
        Lines.Print(
            $"{left:N0} of them active after deactivation: {(idle - empty) / (double)count:N0} bytes each, ",
            $"{idle / 1024 / 1024:N0} MiB in all, {empty / 1024 / 1024:N0} MiB before");
    }

    /// <summary>Has every actor that can rest do so.</summary>
    private static async Task Rest(IManagementGrain management, TimeProvider time)
    {
        var count = int.MaxValue;
        while (await management.GetTotalActivationCount() is var now && now < count)
        {
            count = now;
            await management.ForceActivationCollection(TimeSpan.Zero);
            await Task.Delay(TimeSpan.FromSeconds(3), time);
        }
    }

    private static long Used()
    {
        for (var round = 0; round < 3; round++)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }

        return GC.GetTotalMemory(forceFullCollection: true);
    }
}
