using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Serialization;
using Orleans.Storage;
using Tally.Grains.Hosting;
using Tally.Journal;
using Tally.Journal.Sqlite;

namespace Tally.Silo.Sqlite;

/// <summary>Puts the embedded stores into a silo.</summary>
public static class SqliteStoresExtensions
{
    /// <summary>
    /// Keeps journal, snapshots, catalogue and reminders in one SQLite file. For one silo in one process.
    /// </summary>
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
            services.GetRequiredService<SqliteDatabase>(), options, Clock(services)));
        silo.Services.AddKeyedSingleton<IGrainStorage>(TallyStorage.Name, (services, _) => new SqliteGrainStorage(
            services.GetRequiredService<SqliteDatabase>(),
            new OrleansGrainStorageSerializer(services.GetRequiredService<Serializer>())));
        silo.Services.AddSingleton<IReminderTable>(services =>
            new SqliteReminderTable(services.GetRequiredService<SqliteDatabase>()));
        return silo;
    }

    private static TimeProvider Clock(IServiceProvider services) =>
        services.GetRequiredKeyedService<TimeProvider>(TallyTime.Key);
}
