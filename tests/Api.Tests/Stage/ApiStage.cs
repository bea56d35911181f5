using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Orleans.Hosting;
using Orleans.TestingHost;
using Tally.Api.Hosting;
using Tally.Contracts;
using Tally.Contracts.Tenants;

[assembly: AssemblyFixture(typeof(Tally.Api.Tests.Stage.ApiStage))]

namespace Tally.Api.Tests.Stage;

/// <summary>
/// One silo with actors that really count, and the API on a port of its own. Tests share it, each with tenants of its
/// own.
/// </summary>
public sealed class ApiStage : IAsyncLifetime
{
    private InProcessTestCluster _cluster = null!;
    private TestApi _api = null!;
    private int _tenants;

    /// <summary>What time the actors think it is; it stands still.</summary>
    public static DateTimeOffset Now { get; } = new(2026, 11, 22, 10, 30, 0, TimeSpan.Zero);

    /// <summary>How customers fail and how they are called.</summary>
    public StageFaults Faults { get; } = new();

    /// <summary>The actors.</summary>
    public IClusterClient Grains => _cluster.Client;

    /// <summary>The API with default limits.</summary>
    public TestApi Api => _api;

    public async ValueTask InitializeAsync()
    {
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureHost(host =>
        {
            host.Services.AddTallyContracts();
            host.Services.AddSingleton(Faults);
            host.Services.AddKeyedSingleton<TimeProvider>(ApiTime.Key, new FakeTimeProvider(Now));
            host.Logging.SetMinimumLevel(LogLevel.Error);
        });
        _cluster = builder.Build();
        await _cluster.DeployAsync();
        _api = await Open();
    }

    /// <summary>Opens an API with limits of its own.</summary>
    public Task<TestApi> Open(Action<TallyApiOptions>? configure = null) => TestApi.Open(Grains, configure);

    /// <summary>Makes a tenant.</summary>
    public async Task<string> NewTenant()
    {
        var tenant = $"tenant-{Interlocked.Increment(ref _tenants)}";
        await Grains.GetGrain<ITenantDirectoryGrain>(ITenantDirectoryGrain.TheKey).Add(tenant);
        await Grains.GetGrain<ITenantGrain>(tenant).Put("Tenant");
        return tenant;
    }

    /// <summary>Makes a key.</summary>
    public async Task<string> NewKey(string tenant, params IReadOnlyList<string> scopes) =>
        (await Grains.GetGrain<ITenantGrain>(tenant).CreateKey("test", scopes)).Secret;

    /// <summary>Makes a tenant with a key for all of its own and a product with the usual dimensions.</summary>
    public async Task<Seller> NewSeller(TestApi? api = null, string product = "p")
    {
        var tenant = await NewTenant();
        var key = await NewKey(tenant, ApiScopes.Ingest, ApiScopes.Read, ApiScopes.Admin);
        var seller = new Seller(api ?? _api, tenant, key);
        await seller.PutProduct(product);
        return seller;
    }

    public async ValueTask DisposeAsync()
    {
        await _api.DisposeAsync();
        await _cluster.DisposeAsync();
    }
}
