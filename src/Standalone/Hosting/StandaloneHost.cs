using System.Net;
using Amazon.AWSMarketplaceMetering;
using Orleans.Configuration;
using Tally.Api.Hosting;
using Tally.Grains.Delivery;
using Tally.Grains.Hosting;
using Tally.Journal.Sqlite;
using Tally.Silo.Sqlite;
using Tally.Standalone.Configuration;

namespace Tally.Standalone.Hosting;

/// <summary>Puts silo, stores and HTTP API into one process.</summary>
internal static class StandaloneHost
{
    private static readonly TimeSpan FlushIntervalMax = TimeSpan.FromSeconds(5);

    /// <summary>Builds the application.</summary>
    /// <param name="options">How it runs.</param>
    /// <param name="marketplace">Where records are delivered.</param>
    /// <param name="logging">Where it says what it does.</param>
    /// <returns>The application, not started.</returns>
    public static WebApplication Build(
        StandaloneOptions options,
        IAmazonAWSMarketplaceMetering marketplace,
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
        builder.Host.UseOrleans(silo => Configure(silo, builder.Configuration, options, marketplace));
        builder.Services.AddSingleton(options);
        builder.Services.AddHostedService<TenantSetup>();
        builder.Services.AddTallyApi(api => builder.Configuration.GetSection("Api").Bind(api));
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromMinutes(1));
        var app = builder.Build();
        app.MapTallyApi();
        return app;
    }

    /// <summary>How the data are kept.</summary>
    /// <param name="options">How the platform runs.</param>
    /// <returns>The store's options, with what the configuration file says of them.</returns>
    public static SqliteStoreOptions Store(StandaloneOptions options)
    {
        var store = new SqliteStoreOptions { Path = Path.Combine(options.Data, "tally.db") };
        if (options.Config is { } file)
        {
            new ConfigurationBuilder().AddJsonFile(Path.GetFullPath(file)).Build().GetSection("Store").Bind(store);
        }

        return store;
    }

    private static void Configure(
        ISiloBuilder silo,
        IConfiguration configuration,
        StandaloneOptions options,
        IAmazonAWSMarketplaceMetering marketplace)
    {
        silo.UseLocalhostClustering(Ports.FindFree(), gatewayPort: 0);
        silo.Configure<SiloOptions>(settings => settings.SiloName = "standalone");
        silo.AddSqliteStores(Store(options));
        silo.AddTally(tally =>
        {
            tally.Period = options.EffectivePeriod;
            tally.SealDelay = options.EffectiveSealDelay;

            // A short period is watched more closely, so that a demonstration doesn't wait.
            var tenth = options.EffectivePeriod / 10;
            tally.FlushInterval = tenth < FlushIntervalMax ? tenth : FlushIntervalMax;
            configuration.GetSection("Tally").Bind(tally);
        });
        silo.Services.AddSingleton<IMarketplaceClients>(new SingleMarketplaceClient(marketplace));
    }
}
