using Microsoft.Extensions.Logging;
using Orleans.Storage;
using Tally.Contracts.Delivery;
using Tally.Domain.Catalogue;
using Tally.Domain.Delivery;
using Tally.Domain.Delivery.Throttling;
using Tally.Grains.Hosting;

namespace Tally.Grains.Delivery;

/// <summary>The shell around one <see cref="SharedThrottle"/>, which keeps what is learnt over restarts.</summary>
/// <remarks>
/// Should this actor be lost with its silo, the next one starts from what was stored, and knows nothing of the calls
/// under way. They end without being reported to anybody, which does no harm.
/// </remarks>
[KeepAlive]
internal sealed partial class ThrottleGrain(
    [PersistentState("throttle", TallyStorage.Name)] IPersistentState<ThrottleState> state,
    AccountThrottles throttles,
    ILogger<ThrottleGrain> logger) : Grain, IThrottleGrain
{
    private static readonly TimeSpan StoreInterval = TimeSpan.FromMinutes(1);

    // A rate that has changed by less is as good for a start.
    private const double ChangeWorthStoring = 0.1;

    private SharedThrottle _throttle = null!;

    /// <inheritdoc />
    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _throttle = throttles.Open(this.GetPrimaryKeyString(), state.State.Rate);
        this.RegisterGrainTimer(Store, new GrainTimerCreationOptions
        {
            DueTime = StoreInterval,
            Period = StoreInterval,
            Interleave = true,
        });
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await Store();
        throttles.Close(this.GetPrimaryKeyString());
    }

    /// <inheritdoc />
    public ValueTask<ThrottleTurn> TryStart(string product, int shard, DateTimeOffset sendBy) =>
        ValueTask.FromResult(_throttle.TryStart(new(ProductKey.Parse(product), shard), sendBy));

    /// <inheritdoc />
    public Task Finished(CallReport report)
    {
        _throttle.Finished(report.CallId, new((CallVerdict?)report.Error, report.RetryAfter, report.Random));
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task Withdraw(string product, int shard)
    {
        _throttle.Withdraw(new(ProductKey.Parse(product), shard));
        return Task.CompletedTask;
    }

    private async Task Store()
    {
        var rate = _throttle.State;
        if (state.State.Rate is { } stored && Math.Abs(stored.Rate - rate.Rate) < ChangeWorthStoring * stored.Rate)
        {
            return;
        }

        state.State.Rate = rate;
        try
        {
            await state.WriteStateAsync();
        }
        catch (InconsistentStateException exception)
        {
            // Another activation has taken this one's place; whoever asks next finds that.
            Log.StoreFailed(logger, exception, this.GetPrimaryKeyString());
            DeactivateOnIdle();
        }
        catch (Exception exception)
        {
            // What is learnt is learnt again after a restart.
            Log.StoreFailed(logger, exception, this.GetPrimaryKeyString());
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            1113, LogLevel.Warning,
            "Account {Account}: what was learnt of its limit could not be stored; it is tried again.")]
        public static partial void StoreFailed(ILogger logger, Exception exception, string account);
    }
}
