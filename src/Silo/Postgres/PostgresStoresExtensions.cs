using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Tally.Contracts.Ledger;
using Tally.Grains.Hosting;
using Tally.Journal;
using Tally.Journal.Postgres;
using Tally.Ledger.Postgres;

namespace Tally.Silo.Postgres;

/// <summary>Puts the stores of a cluster into a silo.</summary>
public static class PostgresStoresExtensions
{
    /// <summary>The key of the data source, so that it isn't taken for one of the application's own.</summary>
    internal const string Key = "Tally.Postgres";

    /// <summary>
    /// Keeps journal, ledger, membership, states and reminders in one PostgreSQL database that any number of silos
    /// share.
    /// </summary>
    /// <remarks>
    /// The schema is looked after when the silo starts, before anything else; silos that start at once wait for the
    /// first. What waits to be written is written when the host is disposed of, after the silo has stopped.
    /// </remarks>
    /// <param name="silo">The silo.</param>
    /// <param name="options">Which database, which cluster, and how data are kept.</param>
    /// <returns>The same silo.</returns>
    /// <exception cref="ValidationException">An option is out of its range.</exception>
    public static ISiloBuilder AddPostgresStores(this ISiloBuilder silo, PostgresStoreOptions options)
    {
        silo.UsePostgresCluster(options);
        Validator.ValidateObject(options.Journal, new ValidationContext(options.Journal), validateAllProperties: true);
        silo.Services.AddSingleton(options);
        silo.Services.AddKeyedSingleton(Key, (_, _) => NpgsqlDataSource.Create(options.ForJournal));
        silo.Services.AddSingleton<IUsageJournal>(services => new PostgresUsageJournal(
            Database(services), options.Journal, services.GetRequiredKeyedService<TimeProvider>(TallyTime.Key)));
        silo.Services.AddSingleton<IRecordLedger>(services => new PostgresRecordLedger(Database(services)));
        silo.Services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>, PostgresOpening>();
        return silo;
    }

    private static NpgsqlDataSource Database(IServiceProvider services) =>
        services.GetRequiredKeyedService<NpgsqlDataSource>(Key);
}
