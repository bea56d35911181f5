using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
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
    private readonly Heard _log = new();
    private SqliteDatabase _database;

    public TemporaryStore()
    {
        _database = Open();
    }

    public SqliteStoreOptions Options => new() { Path = Path.Combine(_folder.FullName, "tally.db") };

    public string Said => _log.Last;

    public IReminderTable Reminders => new SqliteReminderTable(_database);

    public IGrainStorage Storage
    {
        get
        {
            var services = new ServiceCollection().AddTallyContracts().BuildServiceProvider();
            return new SqliteGrainStorage(
                _database,
                new OrleansGrainStorageSerializer(services.GetRequiredService<Serializer>()),
                services.GetRequiredService<IActivatorProvider>(),
                _log);
        }
    }

    public Task<int> Run(string sql) => _database.WriteAsync(session =>
    {
        using var statement = session.Prepare(sql);
        return statement.Run();
    });

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

    private sealed class Heard : ILogger<SqliteGrainStorage>
    {
        public string Last { get; private set; } = "";

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        void ILogger.Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter) => Last = formatter(state, exception);
    }
}
