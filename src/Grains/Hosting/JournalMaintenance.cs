using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Tally.Contracts.Customers;
using Tally.Contracts.Delivery;
using Tally.Contracts.Tenants;
using Tally.Domain.Catalogue;
using Tally.Journal;

namespace Tally.Grains.Hosting;

/// <summary>
/// Keeps recovery short and the journal small: wakes every product's delivery when the silo starts, has customers
/// with old journal entries write snapshots, and deletes entries that are covered and past retention.
/// </summary>
internal sealed partial class JournalMaintenance(
    IGrainFactory grains,
    IUsageJournal journal,
    IOptions<TallyOptions> options,
    [FromKeyedServices(TallyTime.Key)] TimeProvider clock,
    ILogger<JournalMaintenance> logger) : ILifecycleParticipant<ISiloLifecycle>
{
    private const int CheckpointsAtOnce = 64;
    private const int CheckpointsPerRound = 4_096;

    private readonly CancellationTokenSource _stopping = new();
    private Task _running = Task.CompletedTask;

    /// <inheritdoc />
    public void Participate(ISiloLifecycle lifecycle) =>
        lifecycle.Subscribe(nameof(JournalMaintenance), ServiceLifecycleStage.Active, Start, Stop);

    private Task Start(CancellationToken cancellationToken)
    {
        _running = Task.Run(() => Run(_stopping.Token), cancellationToken);
        return Task.CompletedTask;
    }

    private async Task Stop(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await _running.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task Run(CancellationToken cancellationToken)
    {
        await Attempt(() => WakeDelivery(cancellationToken), cancellationToken);
        using var timer = new PeriodicTimer(options.Value.MaintenanceInterval, clock);
        while (await timer.WaitForNextTickAsync(cancellationToken))
        {
            await Attempt(() => Checkpoint(cancellationToken), cancellationToken);
        }
    }

    private async Task Attempt(Func<Task> work, CancellationToken cancellationToken)
    {
        try
        {
            await work();
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            Log.Failed(logger, exception);
        }
    }

    /// <summary>Starts the products' timers at once; their reminders would do it within a minute.</summary>
    private async Task WakeDelivery(CancellationToken cancellationToken)
    {
        var directory = grains.GetGrain<ITenantDirectoryGrain>(ITenantDirectoryGrain.TheKey);
        foreach (var tenant in await directory.List())
        {
            var info = await grains.GetGrain<ITenantGrain>(tenant).Get();
            foreach (var product in info?.Products ?? [])
            {
                cancellationToken.ThrowIfCancellationRequested();
                await grains.GetGrain<IDeliveryGrain>(new ProductKey(tenant, product).ToString()).Flush();
            }
        }
    }

    private async Task Checkpoint(CancellationToken cancellationToken)
    {
        var writtenBefore = clock.GetUtcNow() - options.Value.CheckpointAge;
        var customers = await journal.ListUncoveredAsync(writtenBefore, CheckpointsPerRound, cancellationToken);
        var settings = new ParallelOptions
        {
            MaxDegreeOfParallelism = CheckpointsAtOnce,
            CancellationToken = cancellationToken,
        };
        await Parallel.ForEachAsync(customers, settings, async (customer, _) =>
            await grains.GetGrain<ICustomerGrain>(customer).Checkpoint());
        var deleted = await journal.TrimAsync(cancellationToken);
        Log.Maintained(logger, customers.Count, deleted);
    }

    private static partial class Log
    {
        [LoggerMessage(1201, LogLevel.Error, "Looking after the journal failed; the next round tries again.")]
        public static partial void Failed(ILogger logger, Exception exception);

        [LoggerMessage(1202, LogLevel.Debug, "Journal: {Customers} customers checkpointed, {Rows} rows deleted.")]
        public static partial void Maintained(ILogger logger, int customers, int rows);
    }
}
