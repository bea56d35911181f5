using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using Orleans.Configuration;
using Tally.Api.Hosting;
using Tally.Api.Tenants;
using Tally.Contracts;
using Tally.Contracts.Ledger;
using Tally.Ledger.Postgres;
using Tally.Postgres;
using Tally.Settings;

namespace Tally.Api.Program;

/// <summary>Puts a process of the HTTP API together: a client of the cluster.</summary>
internal static class ApiHost
{
    private const string Invariant = "Npgsql";
    private const int LedgerConnectionsMax = 12;
    private const int MembershipConnectionsMax = 4;

    /// <summary>How soon a new silo is found, and one that is gone no longer asked.</summary>
    private static readonly TimeSpan GatewaysReadEvery = TimeSpan.FromSeconds(3);

    /// <summary>How long requests under way may take when it stops.</summary>
    private static readonly TimeSpan ShutdownTimeout = TimeSpan.FromMinutes(1);

    /// <summary>Builds the process.</summary>
    /// <param name="settings">How it runs.</param>
    /// <returns>The application, not started.</returns>
    public static WebApplication Build(ApiSettings settings)
    {
        var sections = SettingsFile.Open(settings.Config);
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.Configuration.AddConfiguration(sections);
        ServiceLog.Configure(builder.Logging);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            if (IPAddress.TryParse(settings.Host, out var address))
            {
                kestrel.Listen(address, settings.Port);
            }
            else
            {
                kestrel.ListenLocalhost(settings.Port);
            }
        });
        builder.Host.UseOrleansClient(client => Configure(client, settings));
        AddServices(builder.Services, settings, sections);
        var app = builder.Build();
        app.MapTallyApi();
        return app;
    }

    private static void AddServices(IServiceCollection services, ApiSettings settings, IConfiguration sections)
    {
        services.AddSingleton(settings);
        services.AddSingleton(_ => NpgsqlDataSource.Create(
            PostgresConnection.For(settings.Postgres!, "ledger", LedgerConnectionsMax)));
        services.AddSingleton<IRecordLedger>(provider =>
            new PostgresRecordLedger(provider.GetRequiredService<NpgsqlDataSource>()));
        services.AddHostedService(provider =>
            new FirstTenant(provider.GetRequiredService<IGrainFactory>(), settings.AdminKey));
        services.AddHostedService<DrainDelay>();
        services.AddTallyApi(api => ApiSettingsReader.Section(sections).Set(api));
        services.Configure<HostOptions>(host => host.ShutdownTimeout = settings.DrainDelay + ShutdownTimeout);
    }

    private static void Configure(IClientBuilder client, ApiSettings settings)
    {
        client.Services.AddTallyContracts();
        client.Configure<ClusterOptions>(cluster =>
            (cluster.ClusterId, cluster.ServiceId) = (settings.ClusterId, settings.ServiceId));
        client.UseAdoNetClustering(clustering =>
            (clustering.Invariant, clustering.ConnectionString) = (
                Invariant, PostgresConnection.For(settings.Postgres!, "membership", MembershipConnectionsMax)));
        client.Configure<GatewayOptions>(gateways => gateways.GatewayListRefreshPeriod = GatewaysReadEvery);
        client.Services.AddSingleton<IClientConnectionRetryFilter, SilosAwaited>();
    }
}
