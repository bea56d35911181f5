using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Tally.Postgres;

namespace Tally.Silo.Postgres;

/// <summary>
/// Brings the database to the schema, or checks that it has it, when the silo starts and before anything else of it.
/// </summary>
/// <param name="database">The database.</param>
/// <param name="options">Whether the schema may be changed.</param>
internal sealed class PostgresOpening(
    [FromKeyedServices(PostgresStoresExtensions.Key)] NpgsqlDataSource database,
    PostgresStoreOptions options) : ILifecycleParticipant<ISiloLifecycle>
{
    /// <inheritdoc />
    public void Participate(ISiloLifecycle observer) => observer.Subscribe(
        nameof(PostgresOpening),
        ServiceLifecycleStage.First,
        stop => options.Migrate ? PostgresSchema.Migrate(database, stop) : PostgresSchema.Check(database, stop));
}
