using Npgsql;
using Tally.Tests.Postgres;

[assembly: AssemblyFixture(typeof(Tally.Silo.Tests.Postgres.PostgresClusterFixture))]

namespace Tally.Silo.Tests.Postgres;

/// <summary>A PostgreSQL server that tests share, each with a database of its own.</summary>
public sealed class PostgresClusterFixture : IAsyncDisposable
{
    private readonly SemaphoreSlim _starting = new(1);
    private PostgresServer? _server;

    /// <summary>Makes a database with the schema.</summary>
    public async Task<string> NewDatabase()
    {
        await _starting.WaitAsync();
        try
        {
            _server ??= await PostgresServer.Start();
        }
        finally
        {
            _starting.Release();
        }

        var connectionString = await _server.CreateDatabase();
        await using var source = NpgsqlDataSource.Create(connectionString + ";Pooling=false");
        var folder = Path.Combine(AppContext.BaseDirectory, "schema");
        foreach (var file in Directory.GetFiles(folder, "*.sql").Order(StringComparer.Ordinal))
        {
            await using var command = source.CreateCommand(await File.ReadAllTextAsync(file));
            await command.ExecuteNonQueryAsync();
        }

        return connectionString;
    }

    public async ValueTask DisposeAsync()
    {
        _starting.Dispose();
        if (_server is { } server)
        {
            await server.DisposeAsync();
        }
    }
}
