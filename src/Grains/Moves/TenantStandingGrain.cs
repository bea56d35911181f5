using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Tally.Contracts.Customers;
using Tally.Contracts.Moves;
using Tally.Grains.Hosting;

namespace Tally.Grains.Moves;

/// <summary>Keeps a tenant's standing. Reads the store for every answer: another activation may have written.</summary>
/// <param name="state">What is stored.</param>
/// <param name="clock">What time it is.</param>
/// <param name="logger">The log.</param>
internal sealed partial class TenantStandingGrain(
    [PersistentState("standing", TallyStorage.Name)] IPersistentState<TenantStandingState> state,
    [FromKeyedServices(TallyTime.Key)] TimeProvider clock,
    ILogger<TenantStandingGrain> logger) : Grain, ITenantStandingGrain
{
    private TenantStanding Current => state.State.Standing ?? TenantStanding.Open;

    /// <inheritdoc />
    public Task<TenantStanding> Get() => Change(standing => standing);

    /// <inheritdoc />
    public Task<TenantStanding> Freeze(string reason) => Change(standing =>
        standing.Phase == TenantPhase.Open
            ? new(TenantPhase.Freezing, clock.GetUtcNow(), reason, Guid.NewGuid().ToString("N"), null)
            : standing);

    /// <inheritdoc />
    public Task<TenantStanding> Settled(string freezeId) => Change(standing =>
        standing.Phase == TenantPhase.Freezing && standing.FreezeId == freezeId
            ? standing with { Phase = TenantPhase.Frozen, Since = clock.GetUtcNow() }
            : standing);

    /// <inheritdoc />
    public Task<TenantStanding> Thaw(bool isForced) => Change(standing => standing.Phase switch
    {
        TenantPhase.Freezing or TenantPhase.Frozen => TenantStanding.Open with { Since = clock.GetUtcNow() },
        TenantPhase.Moved when isForced => TenantStanding.Open with { Since = clock.GetUtcNow() },
        _ => standing,
    });

    /// <inheritdoc />
    public Task<TenantStanding> MarkMoved(string to) => Change(standing =>
        standing.Phase == TenantPhase.Frozen
            ? standing with { Phase = TenantPhase.Moved, Since = clock.GetUtcNow(), MovedTo = to }
            : standing);

    /// <inheritdoc />
    public Task<TenantStanding> BeginImport(string export) => Change(standing =>
        standing.Phase == TenantPhase.Open
            || (standing.Phase == TenantPhase.Importing && standing.ImportOf == export)
            ? new(TenantPhase.Importing, clock.GetUtcNow(), "being imported", Guid.NewGuid().ToString("N"), null)
            {
                ImportOf = export,
            }
            : standing);

    /// <inheritdoc />
    public Task<TenantStanding> EndImport(string session, bool isComplete) => Change(standing =>
        standing.Phase != TenantPhase.Importing || standing.FreezeId != session
            ? standing
            : isComplete
                ? standing with { Phase = TenantPhase.Frozen, Since = clock.GetUtcNow(), Reason = "imported" }
                : TenantStanding.Open with { Since = clock.GetUtcNow() });

    private async Task<TenantStanding> Change(Func<TenantStanding, TenantStanding> change)
    {
        var tenant = this.GetPrimaryKeyString();
        try
        {
            await state.ReadStateAsync();
            var next = change(Current);
            if (next == Current)
            {
                return next;
            }

            state.State.Standing = next;
            await state.WriteStateAsync();
            Log.Changed(logger, tenant, next.Phase, next.Reason ?? "");
            return next;
        }
        catch (Exception exception)
        {
            throw Lost(exception, tenant);
        }
    }

    /// <summary>
    /// Starts again from what is stored. The store's own exception stays here, as the caller's process may not know
    /// its type.
    /// </summary>
    private UsageStoreUnavailableException Lost(Exception exception, string tenant)
    {
        DeactivateOnIdle();
        Log.StoreFailed(logger, exception, tenant);
        return new("The tenant's standing can't be read or stored; ask again.");
    }

    private static partial class Log
    {
        [LoggerMessage(1501, LogLevel.Warning, "Tenant {Tenant} is {Phase} from now on. {Reason}")]
        public static partial void Changed(ILogger logger, string tenant, TenantPhase phase, string reason);

        [LoggerMessage(
            1502, LogLevel.Error,
            "Tenant {Tenant}: the store failed, so it is not known whether the tenant is frozen; "
            + "nothing is taken or sent meanwhile.")]
        public static partial void StoreFailed(ILogger logger, Exception exception, string tenant);
    }
}
