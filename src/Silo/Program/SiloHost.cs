using System.Net;
using Amazon.AWSMarketplaceMetering;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Tally.Grains.Delivery;
using Tally.Grains.Hosting;
using Tally.Settings;
using Tally.Silo.Metering;
using Tally.Silo.Postgres;

namespace Tally.Silo.Program;

/// <summary>Puts a member of the cluster together.</summary>
internal static class SiloHost
{
    /// <summary>How often a silo says that it lives; three times that long it is waited for at the start.</summary>
    private static readonly TimeSpan AliveInterval = TimeSpan.FromSeconds(5);

    /// <summary>How soon a silo that doesn't answer is suspected; the third time in a row it is given up.</summary>
    private static readonly TimeSpan ProbeTimeout = TimeSpan.FromSeconds(3);

    /// <summary>How long a silo may take to hand over what it has.</summary>
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromMinutes(1);

    /// <summary>Builds the silo.</summary>
    /// <param name="settings">How it runs.</param>
    /// <returns>The silo, not started.</returns>
    public static IHost Build(SiloSettings settings)
    {
        var sections = SettingsFile.Open(settings.Config);
        var builder = Host.CreateEmptyApplicationBuilder(new() { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.AddConfiguration(sections);
        builder.Logging.AddConfiguration(sections.GetSection("Logging"));
        ServiceLog.Configure(builder.Logging);
        builder.Services.AddSingleton(settings);

        // First to start and last to stop, so that it answers all the while.
        builder.Services.AddHostedService<HealthServer>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownTimeout);
        builder.UseOrleans(silo => Configure(silo, settings, sections));
        return builder.Build();
    }

    private static void Configure(ISiloBuilder silo, SiloSettings settings, IConfiguration sections)
    {
        silo.AddPostgresStores(SiloSettingsReader.Store(settings, sections).Store);
        if (settings.Host is { } host)
        {
            silo.ConfigureEndpoints(
                IPAddress.Parse(host), settings.SiloPort, settings.GatewayPort, listenOnAnyHostAddress: true);
        }
        else
        {
            silo.ConfigureEndpoints(settings.SiloPort, settings.GatewayPort, listenOnAnyHostAddress: true);
        }

        silo.Configure<ClusterMembershipOptions>(membership =>
            (membership.IAmAliveTablePublishTimeout, membership.ProbeTimeout) = (AliveInterval, ProbeTimeout));
        silo.AddTally(tally => SiloSettingsReader.Set(settings, sections, tally));
        silo.Services.AddSingleton(_ => MarketplaceClients.Create(
            settings.MarketplaceEndpoint,
            settings.Region,
            MarketplaceClients.StandInFor(settings.MarketplaceEndpoint, Environment.GetEnvironmentVariable)));
        silo.Services.AddSingleton<IMarketplaceClients>(services => new TenantMarketplaceClients(
            services.GetRequiredService<IGrainFactory>(),
            services.GetRequiredService<IAmazonAWSMarketplaceMetering>(),
            settings.MarketplaceEndpoint));
    }
}
