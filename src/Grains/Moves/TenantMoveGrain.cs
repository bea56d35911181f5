using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Tally.Contracts.Moves;
using Tally.Contracts.Products;
using Tally.Contracts.Tenants;
using Tally.Domain.Catalogue;
using Tally.Domain.Delivery;
using Tally.Grains.Hosting;

namespace Tally.Grains.Moves;

/// <summary>
/// Brings a freeze to its end: (1) that it is to be is stored; (2) every lease that says otherwise runs out; (3) every
/// flush shard says that nothing is under way; (4) that it is frozen is stored. Keeps nothing of its own: should it be
/// lost, the next who asks starts again at (2), which does no harm.
/// </summary>
/// <param name="clock">What time it is.</param>
/// <param name="logger">The log.</param>
internal sealed partial class TenantMoveGrain(
    [FromKeyedServices(TallyTime.Key)] TimeProvider clock, ILogger<TenantMoveGrain> logger) : Grain, ITenantMoveGrain
{
    private static readonly TimeSpan StepsEvery = TimeSpan.FromMilliseconds(250);

    private IGrainTimer? _timer;
    private string? _freezeId;
    private long _seen;

    /// <inheritdoc />
    public async Task<TenantStanding> Freeze(string reason) => await Proceed(await Standing.Freeze(reason));

    /// <inheritdoc />
    public async Task<TenantStanding> GetStanding() => await Proceed(await Standing.Get());

    private ITenantStandingGrain Standing =>
        GrainFactory.GetGrain<ITenantStandingGrain>(this.GetPrimaryKeyString());

    private async Task Step()
    {
        try
        {
            await GetStanding();
        }
        catch (Exception exception)
        {
            Log.StepFailed(logger, exception, this.GetPrimaryKeyString());
        }
    }

    private async Task<TenantStanding> Proceed(TenantStanding standing)
    {
        if (standing is not { Phase: TenantPhase.Freezing, FreezeId: { } freezeId })
        {
            _timer?.Dispose();
            (_timer, _freezeId) = (null, null);
            return standing;
        }

        if (_freezeId != freezeId)
        {
            // It was stored before it was seen, so every lease that was given before ends before the wait does.
            (_freezeId, _seen) = (freezeId, clock.GetTimestamp());
            _timer ??= this.RegisterGrainTimer(
                Step, new GrainTimerCreationOptions(StepsEvery, StepsEvery) { KeepAlive = true });
        }

        return clock.GetElapsedTime(_seen) >= TenantLease.LengthMost && await IsQuiet()
            ? await Standing.Settled(freezeId)
            : standing;
    }

    private async Task<bool> IsQuiet()
    {
        var tenant = this.GetPrimaryKeyString();
        var info = await GrainFactory.GetGrain<ITenantGrain>(tenant).Get();
        foreach (var code in info?.Products ?? [])
        {
            var product = new ProductKey(tenant, code);
            var definition = await GrainFactory.GetGrain<IProductGrain>(product.ToString()).Get();
            var shards = Enumerable.Range(0, definition?.FlushShards ?? 0).Select(shard =>
                GrainFactory.GetGrain<IQuietShardGrain>(new FlushShardKey(product, shard).ToString()).IsQuiet());
            if (!(await Task.WhenAll(shards)).All(isQuiet => isQuiet))
            {
                return false;
            }
        }

        return true;
    }

    private static partial class Log
    {
        [LoggerMessage(
            1511, LogLevel.Warning, "Tenant {Tenant}: freezing it makes no headway at present; it is tried again.")]
        public static partial void StepFailed(ILogger logger, Exception exception, string tenant);
    }
}
