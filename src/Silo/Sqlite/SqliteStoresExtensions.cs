using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Providers;
using Orleans.Runtime.Hosting;
using Orleans.Serialization;
using Orleans.Serialization.Serializers;
using Orleans.Storage;
using Tally.Contracts.Ledger;
using Tally.Grains.Hosting;
using Tally.Journal;
using Tally.Journal.Sqlite;
using Tally.Ledger.Sqlite;

namespace Tally.Silo.Sqlite;

/// <summary>Puts the embedded stores into a silo.</summary>
public static class SqliteStoresExtensions
{
    /// <summary>
    /// Keeps journal, snapshots, catalogue, ledger and reminders in one SQLite file. For one silo in one process.
    /// </summary>
    /// <remarks>
    /// The file is opened when the silo starts, before any actor, and closed when the host is disposed of, after the
    /// silo has stopped; what waits is written first. Grain storage has the names <c>Tally</c> and the default's.
    /// </remarks>
    /// <param name="silo">The silo.</param>
    /// <param name="options">How to keep the data.</param>
    /// <returns>The same silo.</returns>
    /// <exception cref="ValidationException">An option is out of its range.</exception>
    public static ISiloBuilder AddSqliteStores(this ISiloBuilder silo, SqliteStoreOptions options)
    {
        Validator.ValidateObject(options, new ValidationContext(options), validateAllProperties: true);
        silo.AddReminders();
        silo.Services.AddSingleton(services => new SqliteDatabase(
            options, Clock(services), services.GetRequiredService<ILogger<SqliteDatabase>>()));
        silo.Services.AddSingleton<IUsageJournal>(services => new SqliteUsageJournal(
            services.GetRequiredService<SqliteDatabase>()));
        silo.Services.AddSingleton<IRecordLedger>(services => new SqliteRecordLedger(
            services.GetRequiredService<SqliteDatabase>()));
        silo.Services.AddGrainStorage(ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME, CreateStorage);
        silo.Services.AddGrainStorage(TallyStorage.Name, CreateStorage);
        silo.Services.AddSingleton<IReminderTable>(services =>
            new SqliteReminderTable(services.GetRequiredService<SqliteDatabase>()));
        silo.Services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>, SqliteOpening>();
        return silo;
    }

    private static SqliteGrainStorage CreateStorage(IServiceProvider services, string name) => new(
        services.GetRequiredService<SqliteDatabase>(),
        new OrleansGrainStorageSerializer(services.GetRequiredService<Serializer>()),
        services.GetRequiredService<IActivatorProvider>(),
        services.GetRequiredService<ILogger<SqliteGrainStorage>>());

    private static TimeProvider Clock(IServiceProvider services) =>
        services.GetRequiredKeyedService<TimeProvider>(TallyTime.Key);
}
