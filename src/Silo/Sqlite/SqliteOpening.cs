using Microsoft.Extensions.DependencyInjection;
using Tally.Journal.Sqlite;

namespace Tally.Silo.Sqlite;

/// <summary>
/// Opens the database as the silo starts, so that a file that can't be opened stops the start rather than the first
/// actor.
/// </summary>
/// <param name="services">Where the database comes from.</param>
internal sealed class SqliteOpening(IServiceProvider services) : ILifecycleParticipant<ISiloLifecycle>
{
    /// <inheritdoc />
    public void Participate(ISiloLifecycle lifecycle) => lifecycle.Subscribe(
        nameof(SqliteOpening), ServiceLifecycleStage.RuntimeInitialize, Open);

    private Task Open(CancellationToken cancellationToken)
    {
        _ = services.GetRequiredService<SqliteDatabase>();
        return Task.CompletedTask;
    }
}
