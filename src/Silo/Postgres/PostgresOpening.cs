using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Npgsql;
using Tally.Grains.Hosting;
using Tally.Postgres;

namespace Tally.Silo.Postgres;

/// <summary>
/// Brings the database to the schema, or checks that it has it, and that its data are of the same metering period, when
/// the silo starts and before anything else of it.
/// </summary>
/// <param name="database">The database.</param>
/// <param name="options">Whether the schema may be changed.</param>
/// <param name="tally">How the silo meters.</param>
internal sealed class PostgresOpening(
    [FromKeyedServices(PostgresStoresExtensions.Key)] NpgsqlDataSource database,
    PostgresStoreOptions options,
    IOptions<TallyOptions> tally) : ILifecycleParticipant<ISiloLifecycle>
{
    /// <inheritdoc />
    public void Participate(ISiloLifecycle observer) =>
        observer.Subscribe(nameof(PostgresOpening), ServiceLifecycleStage.First, Open);

    private async Task Open(CancellationToken stop)
    {
        await (options.Migrate ? PostgresSchema.Migrate(database, stop) : PostgresSchema.Check(database, stop));
        await PostgresAgreement.Ensure(database, "period", $"{tally.Value.Period}", stop);
    }
}
