using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Tally.Contracts.Tenants;
using Tally.Domain.Tenancy;
using Tally.Grains.Hosting;
using Tally.Grains.Moves;

namespace Tally.Grains.Tenants;

/// <summary>Keeps the list of one tenant's access key pairs.</summary>
/// <param name="state">What is stored.</param>
/// <param name="gate">Whether the tenant may change.</param>
/// <param name="clock">What time it is.</param>
internal sealed class AccessKeysGrain(
    [PersistentState("access-keys", TallyStorage.Name)] IPersistentState<AccessKeysState> state,
    TenantGate gate,
    [FromKeyedServices(TallyTime.Key)] TimeProvider clock) : Grain, IAccessKeysGrain
{
    /// <inheritdoc />
    public async Task<ApiKeyInfo?> Create(string name, IReadOnlyList<string> scopes)
    {
        await Lease.ThrowIfFrozen();
        if (state.State.Pairs.Count >= IAccessKeysGrain.PairsMax)
        {
            return null;
        }

        var id = AccessKeyPair.SpellId(RandomNumberGenerator.GetBytes(AccessKeyPair.IdBytes));
        var info = new ApiKeyInfo(id, name, scopes, clock.GetUtcNow());

        // The list comes first, so that no pair works that its tenant can't see and revoke.
        state.State.Pairs.Add(info);
        await Write();
        await GrainFactory.GetGrain<IAccessKeyGrain>(id).Put(new(this.GetPrimaryKeyString(), id, scopes));
        await Lease.ThrowIfFrozen();
        return info;
    }

    /// <inheritdoc />
    public Task<IReadOnlyList<ApiKeyInfo>> List() =>
        Task.FromResult<IReadOnlyList<ApiKeyInfo>>([.. state.State.Pairs]);

    /// <inheritdoc />
    public async Task<bool> Revoke(string id)
    {
        var pair = state.State.Pairs.Find(known => known.KeyId == id);
        if (pair is null)
        {
            return false;
        }

        await Lease.ThrowIfFrozen();

        // First it stops working, then it leaves the list; a crash in between leaves it to be revoked again.
        await GrainFactory.GetGrain<IAccessKeyGrain>(id).Remove();
        state.State.Pairs.Remove(pair);
        await Write();
        await Lease.ThrowIfFrozen();
        return true;
    }

    private TenantLease Lease => gate.Of(this.GetPrimaryKeyString());

    private async Task Write()
    {
        try
        {
            await state.WriteStateAsync();
        }
        catch (Exception)
        {
            // What is stored is not known; start again from it.
            DeactivateOnIdle();
            throw;
        }
    }
}
