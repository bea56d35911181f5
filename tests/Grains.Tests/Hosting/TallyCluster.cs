using Amazon.AWSMarketplaceMetering;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Orleans.Runtime;
using Orleans.Storage;
using Orleans.TestingHost;
using Tally.Contracts;
using Tally.Contracts.Customers;
using Tally.Contracts.Delivery;
using Tally.Contracts.Ledger;
using Tally.Contracts.Products;
using Tally.Domain.Catalogue;
using Tally.Domain.Delivery;
using Tally.Grains.Delivery;
using Tally.Grains.Entitlement;
using Tally.Grains.Hosting;
using Tally.Journal;

namespace Tally.Grains.Tests.Hosting;

/// <summary>Real silos in this process, with a virtual clock, and stores that outlive a silo.</summary>
internal sealed class TallyCluster : IAsyncDisposable
{
    public const string Tenant = "acme";
    private readonly InProcessTestCluster _cluster;

    private TallyCluster(
        InProcessTestCluster cluster,
        FakeTimeProvider clock,
        MemoryJournal journal,
        SharedStorage storage,
        (FakeMarketplace Aws, MemoryLedger Ledger) ends)
    {
        _cluster = cluster;
        (Clock, Journal, Storage, Aws, Ledger) = (clock, journal, storage, ends.Aws, ends.Ledger);
    }

    public static TimeSpan Period => TimeSpan.FromHours(1);

    public static TimeSpan SealDelay => TimeSpan.FromMinutes(5);

    public FakeTimeProvider Clock { get; }

    public MemoryJournal Journal { get; }

    public SharedStorage Storage { get; }

    public FakeMarketplace Aws { get; }

    public MemoryLedger Ledger { get; }

    public IGrainFactory Grains => _cluster.Client;

    public InProcessTestCluster Silos => _cluster;

    public static FakeTimeProvider NewClock() => new(new DateTimeOffset(2026, 11, 22, 10, 20, 0, TimeSpan.Zero));

    public static Task<TallyCluster> Start(int silos = 1, Action<TallyOptions>? configure = null) =>
        Start(NewClock(), null, silos, configure);

    /// <summary>Starts silos that deliver elsewhere than to the marketplace in memory.</summary>
    public static Task<TallyCluster> Start(
        FakeTimeProvider clock,
        IAmazonAWSMarketplaceMetering? marketplace,
        int silos = 1,
        Action<TallyOptions>? configure = null) =>
        Start(
            (clock, new(), new(), new FakeMarketplace(Period), new()),
            marketplace,
            silos,
            configure);

    /// <summary>
    /// Starts a silo that has the same stores and doesn't know of the others: what is left of a cluster that is split.
    /// </summary>
    public Task<TallyCluster> StartOther(Action<TallyOptions>? configure = null) =>
        Start((Clock, Journal, Storage, Aws, Ledger), null, 1, configure);

    private static async Task<TallyCluster> Start(
        (FakeTimeProvider Clock, MemoryJournal Journal, SharedStorage Storage, FakeMarketplace Aws, MemoryLedger Ledger)
            parts,
        IAmazonAWSMarketplaceMetering? marketplace,
        int silos,
        Action<TallyOptions>? configure)
    {
        var (clock, journal, storage, aws, ledger) = parts;
        var builder = new InProcessTestClusterBuilder((short)silos);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.UseInMemoryReminderService();
            silo.Services.AddKeyedSingleton<IGrainStorage>(TallyStorage.Name, storage);
            silo.Services.AddSingleton<IUsageJournal>(journal);
            silo.Services.AddSingleton<IRecordLedger>(ledger);
            silo.Services.AddSingleton<IMarketplaceClients>(new SingleMarketplaceClient(marketplace ?? aws));
            silo.Services.AddSingleton<IPublishedKeys>(aws.Registration);
            silo.Services.AddKeyedSingleton<TimeProvider>(TallyTime.Key, clock);
            silo.AddTally(options =>
            {
                options.Period = Period;
                options.SealDelay = SealDelay;

                // Flushes are the tests' own, so that they know when one is done.
                options.FlushInterval = TimeSpan.FromMinutes(1);
                configure?.Invoke(options);
            });
            silo.Services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Warning));
        });
        builder.ConfigureClient(client => client.Services.AddTallyContracts());
        var cluster = builder.Build();
        await cluster.DeployAsync();
        return new(cluster, clock, journal, storage, (aws, ledger));
    }

    public Task<ProductDefinition> PutProduct(string code, params DimensionConfig[] dimensions) =>
        PutProduct(code, new ProductConfig(null, null, dimensions.Length > 0 ? dimensions : [new("api_calls")]));

    public async Task<ProductDefinition> PutProduct(string code, ProductConfig config)
    {
        var decision = await Grains.GetGrain<IProductGrain>(new ProductKey(Tenant, code).ToString()).Put(config);
        return decision.Definition ?? throw new InvalidOperationException(string.Join(", ", decision.Errors));
    }

    public ICustomerGrain Customer(string product, string customer) =>
        Grains.GetGrain<ICustomerGrain>(new CustomerKey(new(Tenant, product), customer).ToString());

    public IDeliveryGrain Delivery(string product) =>
        Grains.GetGrain<IDeliveryGrain>(new ProductKey(Tenant, product).ToString());

    public IFlushShardGrain Shard(string product, int shard = 0) =>
        Grains.GetGrain<IFlushShardGrain>(new FlushShardKey(new(Tenant, product), shard).ToString());

    /// <summary>Lets the open hour end and flushes until nothing waits.</summary>
    public Task EndHour(string product, int flushesMax = 50)
    {
        Clock.Advance(Period);
        return Drain(product, flushesMax);
    }

    /// <summary>Flushes until nothing waits, and lets time pass for the throttle's sake.</summary>
    public async Task Drain(string product, int flushesMax = 50)
    {
        for (var flush = 0; flush < flushesMax; flush++)
        {
            await Delivery(product).Flush();
            if ((await Delivery(product).GetStatus()).Waiting == 0)
            {
                return;
            }

            Clock.Advance(TimeSpan.FromSeconds(10));
        }
    }

    public async ValueTask DisposeAsync() => await _cluster.DisposeAsync();
}
