using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Providers;
using Orleans.Runtime.Hosting;
using Orleans.Serialization;
using Orleans.Serialization.Serializers;
using Orleans.Storage;
using Tally.Grains.Hosting;

namespace Tally.Silo.Postgres;

/// <summary>Puts what Orleans itself stores into PostgreSQL, and lets clients find the silos there.</summary>
public static class PostgresClusterExtensions
{
    private const string Invariant = "Npgsql";
    private const string Inner = "Tally.AdoNet";

    /// <summary>
    /// Keeps membership, states and reminders in PostgreSQL. The schema must be there, as <c>deploy/postgres</c> has
    /// it. Grain storage has the names <c>Tally</c> and the default's.
    /// </summary>
    /// <param name="silo">The silo.</param>
    /// <param name="options">Which database, and which cluster.</param>
    /// <returns>The same silo.</returns>
    /// <exception cref="ValidationException">An option is out of its range.</exception>
    public static ISiloBuilder UsePostgresCluster(this ISiloBuilder silo, PostgresStoreOptions options)
    {
        Validator.ValidateObject(options, new ValidationContext(options), validateAllProperties: true);
        silo.Configure<ClusterOptions>(cluster =>
            (cluster.ClusterId, cluster.ServiceId) = (options.ClusterId, options.ServiceId));
        silo.UseAdoNetClustering(clustering =>
            (clustering.Invariant, clustering.ConnectionString) = (Invariant, options.ForMembership));
        silo.UseAdoNetReminderService(reminders =>
            (reminders.Invariant, reminders.ConnectionString) = (Invariant, options.ForMembership));
        silo.AddAdoNetGrainStorage(Inner, storage => storage.Configure<Serializer>((settings, serializer) =>
        {
            settings.Invariant = Invariant;
            settings.ConnectionString = options.ForStates;
            settings.GrainStorageSerializer = new OrleansGrainStorageSerializer(serializer);
        }));
        silo.Services.AddSingleton(_ => new StateTurns(options.StatesAtOnce));
        silo.Services.AddGrainStorage(ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME, Wrap);
        silo.Services.AddGrainStorage(TallyStorage.Name, Wrap);
        return silo;
    }

    /// <summary>Finds the silos of a cluster in PostgreSQL.</summary>
    /// <param name="client">The client.</param>
    /// <param name="options">Which database, and which cluster.</param>
    /// <returns>The same client.</returns>
    /// <exception cref="ValidationException">An option is out of its range.</exception>
    public static IClientBuilder UsePostgresCluster(this IClientBuilder client, PostgresStoreOptions options)
    {
        Validator.ValidateObject(options, new ValidationContext(options), validateAllProperties: true);
        client.Configure<ClusterOptions>(cluster =>
            (cluster.ClusterId, cluster.ServiceId) = (options.ClusterId, options.ServiceId));
        return client.UseAdoNetClustering(clustering =>
            (clustering.Invariant, clustering.ConnectionString) = (Invariant, options.ForMembership));
    }

    private static TextKeyStorage Wrap(IServiceProvider services, string name) =>
        new(
            services.GetRequiredKeyedService<IGrainStorage>(Inner),
            services.GetRequiredService<StateTurns>(),
            services.GetRequiredService<ILogger<TextKeyStorage>>());
}
