using Npgsql;
using Tally.Postgres;

[assembly: AssemblyFixture(typeof(Tally.Tests.Postgres.SharedPostgres))]

namespace Tally.Tests.Postgres;

/// <summary>A server that the tests of a project share, each with a database of its own.</summary>
public sealed class SharedPostgres : IAsyncDisposable
{
    private readonly SemaphoreSlim _starting = new(1);
    private PostgresServer? _server;

    /// <summary>Makes a database with the schema.</summary>
    /// <returns>How to connect to it.</returns>
    public async Task<string> NewDatabase()
    {
        var connectionString = await NewEmptyDatabase();
        await using var database = NpgsqlDataSource.Create(connectionString + ";Pooling=false");
        await PostgresSchema.Migrate(database);
        return connectionString;
    }

    /// <summary>Makes a database with nothing in it.</summary>
    /// <returns>How to connect to it.</returns>
    public async Task<string> NewEmptyDatabase()
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

        return await _server.CreateDatabase();
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
