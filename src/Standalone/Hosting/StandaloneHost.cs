using System.Net;
using Amazon.AWSMarketplaceMetering;
using Orleans.Configuration;
using Tally.Api.Hosting;
using Tally.Api.Tenants;
using Tally.Grains.Delivery;
using Tally.Grains.Entitlement;
using Tally.Grains.Hosting;
using Tally.Silo.Metering;
using Tally.Silo.Sqlite;
using Tally.Standalone.Agent;
using Tally.Standalone.Configuration;

namespace Tally.Standalone.Hosting;

/// <summary>Puts silo, stores and HTTP API into one process.</summary>
internal static class StandaloneHost
{
    /// <summary>Builds the application.</summary>
    /// <param name="options">How it runs.</param>
    /// <param name="marketplace">Where records are delivered.</param>
    /// <param name="logging">Where it says what it does.</param>
    /// <returns>The application, not started.</returns>
    public static WebApplication Build(
        StandaloneOptions options,
        Marketplace marketplace,
        Action<ILoggingBuilder> logging)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            ContentRootPath = AppContext.BaseDirectory,
        });
        if (options.Config is { } file)
        {
            builder.Configuration.AddJsonFile(Path.GetFullPath(file), optional: false);
        }

        var sections = SectionReader.Open(options);
        logging(builder.Logging);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            if (IPAddress.TryParse(options.Host, out var address))
            {
                kestrel.Listen(address, options.Port);
            }
            else
            {
                kestrel.ListenLocalhost(options.Port);
            }
        });
        builder.Host.UseOrleans(silo => Configure(silo, sections, marketplace));
        builder.Services.AddSingleton(options);
        builder.Services.AddHostedService(services =>
            new FirstTenant(services.GetRequiredService<IGrainFactory>(), options.AdminKey));
        if (options.Agent)
        {
            builder.Services.AddHostedService<AgentSetup>();
        }

        builder.Services.AddTallyApi(api => sections.Set(api));
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromMinutes(1));
        var app = builder.Build();
        app.MapTallyApi();
        return app;
    }

    private static void Configure(
        ISiloBuilder silo,
        SectionReader sections,
        Marketplace marketplace)
    {
        silo.UseLocalhostClustering(Ports.FindFree(), gatewayPort: 0);
        silo.Configure<SiloOptions>(settings => settings.SiloName = "standalone");
        silo.AddSqliteStores(sections.Store());
        silo.AddTally(tally => sections.Set(tally));
        silo.Services.AddSingleton<IMarketplaceClients>(services => new TenantMarketplaceClients(
            services.GetRequiredService<IGrainFactory>(), marketplace.Client, marketplace.Endpoint));
        if (marketplace.Keys is { } keys)
        {
            silo.Services.AddSingleton(keys);
        }
    }
}

/// <summary>The way to AWS Marketplace, or to what stands in for it.</summary>
/// <param name="Client">Where records are delivered.</param>
/// <param name="Endpoint">Where that is, if it isn't AWS itself.</param>
/// <param name="Keys">The public keys by which registrations are verified; null for none.</param>
internal sealed record Marketplace(IAmazonAWSMarketplaceMetering Client, Uri? Endpoint, IPublishedKeys? Keys);
