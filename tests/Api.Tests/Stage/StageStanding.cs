using Tally.Contracts.Moves;

namespace Tally.Api.Tests.Stage;

/// <summary>A tenant's standing, kept in memory; it is frozen as soon as somebody looks.</summary>
public sealed class StageStanding : Grain, ITenantStandingGrain
{
    private TenantStanding _standing = TenantStanding.Open;

    public Task<TenantStanding> Get() => Task.FromResult(_standing);

    public Task<TenantStanding> Freeze(string reason) => Change(
        _standing.Phase == TenantPhase.Open
            ? new(TenantPhase.Freezing, ApiStage.Now, reason, "freeze-1", null)
            : _standing);

    public Task<TenantStanding> Settled(string freezeId) => Change(
        _standing.Phase == TenantPhase.Freezing ? _standing with { Phase = TenantPhase.Frozen } : _standing);

    public Task<TenantStanding> Thaw(bool isForced) => Change(
        _standing.Phase == TenantPhase.Moved && !isForced
            ? _standing
            : TenantStanding.Open with { Since = ApiStage.Now });

    public Task<TenantStanding> MarkMoved(string to) => Change(
        _standing.Phase == TenantPhase.Frozen
            ? _standing with { Phase = TenantPhase.Moved, MovedTo = to }
            : _standing);

    public Task<TenantStanding> BeginImport(string export) => throw new NotSupportedException();

    public Task<TenantStanding> EndImport(string session, bool isComplete) => throw new NotSupportedException();

    private Task<TenantStanding> Change(TenantStanding standing) => Task.FromResult(_standing = standing);
}

/// <summary>Freezes a tenant in two steps.</summary>
public sealed class StageMove : Grain, ITenantMoveGrain
{
    private ITenantStandingGrain Standing => GrainFactory.GetGrain<ITenantStandingGrain>(this.GetPrimaryKeyString());

    public Task<TenantStanding> Freeze(string reason) => Standing.Freeze(reason);

    public async Task<TenantStanding> GetStanding() =>
        await Standing.Get() is { FreezeId: { } freezeId } ? await Standing.Settled(freezeId) : await Standing.Get();
}
