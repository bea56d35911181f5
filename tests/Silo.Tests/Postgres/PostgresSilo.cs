using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Hosting;
using Tally.Contracts;
using Tally.Grains.Hosting;
using Tally.Silo.Postgres;

namespace Tally.Silo.Tests.Postgres;

/// <summary>Silos and clients that know nothing of each other but the database.</summary>
internal static class PostgresSilo
{
    public static Task<IHost> Start(string connectionString) => Start(silo =>
        silo.UsePostgresCluster(new() { ConnectionString = connectionString }));

    public static async Task<IHost> Start(Action<ISiloBuilder> stores)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Critical);
        builder.UseOrleans(silo =>
        {
            silo.Services.AddTallyContracts();
            silo.Services.AddKeyedSingleton(TallyTime.Key, TimeProvider.System);
            stores(silo);
            silo.ConfigureEndpoints(IPAddress.Loopback, FreePort(), FreePort());
            silo.Configure<ClusterMembershipOptions>(membership =>
                membership.DefunctSiloExpiration = TimeSpan.FromMinutes(1));
        });
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }

    public static async Task<IHost> Connect(string connectionString)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Critical);
        builder.UseOrleansClient(client =>
        {
            client.Services.AddTallyContracts();
            client.UsePostgresCluster(new() { ConnectionString = connectionString });
        });
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
