using Amazon;
using Amazon.AWSMarketplaceMetering;
using Amazon.Runtime;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Tally.Contracts;
using Tally.Grains.Delivery;
using Tally.Grains.Entitlement;
using Tally.Grains.Ledger;
using Tally.Grains.Moves;
using Tally.Grains.Placement;
using Tally.Grains.Products;

namespace Tally.Grains.Hosting;

/// <summary>Puts Tally into a silo.</summary>
public static class TallyHostingExtensions
{
    /// <summary>
    /// Adds Tally's actors. The silo still needs a grain storage called <see cref="TallyStorage.Name"/>, a reminder
    /// service and an <see cref="Journal.IUsageJournal"/>. With an <see cref="Contracts.Ledger.IRecordLedger"/> every
    /// record's life is written down there. Without an <see cref="Delivery.IMarketplaceClients"/> all products are
    /// delivered through the <see cref="IAmazonAWSMarketplaceMetering"/> that is registered, or else through one that
    /// finds region and credentials as every AWS tool does; without a region it is us-east-1.
    /// </summary>
    /// <param name="silo">The silo.</param>
    /// <param name="configure">Changes the options; null to take them as they are configured elsewhere.</param>
    /// <returns>The same silo.</returns>
    public static ISiloBuilder AddTally(this ISiloBuilder silo, Action<TallyOptions>? configure = null)
    {
        var services = silo.Services;
        services.AddTallyContracts();
        services.AddMetrics();
        services.TryAddKeyedSingleton(TallyTime.Key, TimeProvider.System);
        services.TryAddSingleton<CatalogueCache>();
        services.TryAddSingleton<TenantGate>();
        services.TryAddSingleton<TallyInstruments>();
        services.TryAddSingleton<AccountThrottles>();
        services.TryAddSingleton<IPublishedKeys, NoPublishedKeys>();
        services.TryAddSingleton<LedgerOutlet>();
        services.TryAddSingleton<IAmazonAWSMarketplaceMetering>(_ =>
            new AmazonAWSMarketplaceMeteringClient(new AmazonAWSMarketplaceMeteringConfig
            {
                MaxErrorRetry = 0,
                RegionEndpoint = FallbackRegionFactory.GetRegionEndpoint() ?? RegionEndpoint.USEast1,
            }));
        services.TryAddSingleton<IMarketplaceClients, SingleMarketplaceClient>();
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<TallyOptions>, TallyOptionsValidator>());
        services.AddOptions<TallyOptions>().ValidateOnStart();
        if (configure is not null)
        {
            services.Configure(configure);
        }

        services.AddPlacementDirector<CustomerPlacement, SpreadDirector>();
        services.AddPlacementDirector<ShardPlacement, SpreadDirector>();
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>, MarketplaceOpening>();
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>, JournalMaintenance>();
        return silo;
    }
}
