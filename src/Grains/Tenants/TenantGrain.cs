using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Tally.Contracts.Tenants;
using Tally.Domain.Tenancy;
using Tally.Grains.Hosting;
using Tally.Grains.Moves;

namespace Tally.Grains.Tenants;

/// <summary>Keeps one tenant's list of products and keys.</summary>
/// <param name="state">What is stored.</param>
/// <param name="gate">Whether the tenant may change.</param>
/// <param name="clock">What time it is.</param>
internal sealed partial class TenantGrain(
    [PersistentState("tenant", TallyStorage.Name)] IPersistentState<TenantState> state,
    TenantGate gate,
    [FromKeyedServices(TallyTime.Key)] TimeProvider clock) : Grain, ITenantGrain
{
    private const int SecretBytes = 32;
    private const int KeyIdBytes = 8;

    /// <inheritdoc />
    public async Task<TenantInfo> Put(string title)
    {
        await GrainFactory.GetGrain<ITenantDirectoryGrain>(ITenantDirectoryGrain.TheKey)
            .Add(this.GetPrimaryKeyString());
        if (state.State.Title != title)
        {
            await Lease.ThrowIfFrozen();
            state.State.Title = title;
            await Write();
        }

        return Info(title);
    }

    /// <inheritdoc />
    public Task<TenantInfo?> Get() =>
        Task.FromResult(state.State.Title is { } title ? Info(title) : null);

    /// <inheritdoc />
    public async Task AddProduct(string code)
    {
        if (!state.State.Products.Contains(code))
        {
            await Lease.ThrowIfFrozen();
            state.State.Products.Add(code);
            await Write();
        }
    }

    /// <inheritdoc />
    public Task<CreatedApiKey> CreateKey(string name, IReadOnlyList<string> scopes) =>
        Store(name, scopes, ApiKeySecret.Spell(RandomNumberGenerator.GetBytes(SecretBytes)));

    /// <inheritdoc />
    public async Task<string?> EnsureAdminKey(string? secret, IReadOnlyList<string> scopes)
    {
        var known = secret is null ? null : ApiKeySecret.Hash(secret);
        if (state.State.Keys.Find(key => key.Hash == known) is { } stored)
        {
            // A crash may have come between the list and the key; storing it again does no harm.
            await GrainFactory.GetGrain<IApiKeyGrain>(stored.Hash)
                .Put(new(this.GetPrimaryKeyString(), stored.Info.KeyId, stored.Info.Scopes));
            return null;
        }

        if (state.State.Keys.Count > 0)
        {
            return null;
        }

        var taken = secret ?? ApiKeySecret.Spell(RandomNumberGenerator.GetBytes(SecretBytes));
        return (await Store("admin", scopes, taken)).Secret;
    }

    /// <inheritdoc />
    public Task<IReadOnlyList<ApiKeyInfo>> ListKeys() =>
        Task.FromResult<IReadOnlyList<ApiKeyInfo>>([.. state.State.Keys.Select(key => key.Info)]);

    /// <inheritdoc />
    public async Task<bool> RevokeKey(string keyId)
    {
        var key = state.State.Keys.Find(known => known.Info.KeyId == keyId);
        if (key is null)
        {
            return false;
        }

        await Lease.ThrowIfFrozen();

        // First it stops working, then it leaves the list; a crash in between leaves it to be revoked again.
        await GrainFactory.GetGrain<IApiKeyGrain>(key.Hash).Remove();
        state.State.Keys.Remove(key);
        await Write();
        await Lease.ThrowIfFrozen();
        return true;
    }

    private async Task<CreatedApiKey> Store(string name, IReadOnlyList<string> scopes, string secret)
    {
        await Lease.ThrowIfFrozen();
        var keyId = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(KeyIdBytes));
        var info = new ApiKeyInfo(keyId, name, scopes, clock.GetUtcNow());
        var hash = ApiKeySecret.Hash(secret);

        // The list comes first, so that no key works that its tenant can't see and revoke.
        state.State.Keys.Add(new(info, hash));
        await Write();
        await GrainFactory.GetGrain<IApiKeyGrain>(hash).Put(new(this.GetPrimaryKeyString(), keyId, scopes));
        await Lease.ThrowIfFrozen();
        return new(info, secret);
    }

    private TenantLease Lease => gate.Of(this.GetPrimaryKeyString());

    private TenantInfo Info(string title) => new(this.GetPrimaryKeyString(), title, [.. state.State.Products]);

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
