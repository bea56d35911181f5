using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Serialization;
using Orleans.Serialization.Serializers;
using Orleans.Storage;
using Tally.Contracts;
using Tally.Journal.Sqlite;
using Tally.Silo.Sqlite;

namespace Tally.Silo.Tests.Sqlite;

/// <summary>The embedded stores on a real file in a folder of its own.</summary>
internal sealed class TemporaryStore : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tally-silo-");
    private SqliteDatabase _database;

    public TemporaryStore()
    {
        _database = Open();
    }

    public SqliteStoreOptions Options => new() { Path = Path.Combine(_folder.FullName, "tally.db") };

    public IReminderTable Reminders => new SqliteReminderTable(_database);

    public IGrainStorage Storage
    {
        get
        {
            var services = new ServiceCollection().AddTallyContracts().BuildServiceProvider();
            return new SqliteGrainStorage(
                _database,
                new OrleansGrainStorageSerializer(services.GetRequiredService<Serializer>()),
                services.GetRequiredService<IActivatorProvider>());
        }
    }

    public async Task Reopen()
    {
        await _database.DisposeAsync();
        _database = Open();
    }

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private SqliteDatabase Open() => new(Options, TimeProvider.System, NullLogger<SqliteDatabase>.Instance);
}
