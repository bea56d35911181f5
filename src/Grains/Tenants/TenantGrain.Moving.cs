using Tally.Contracts.Moves;
using Tally.Contracts.Tenants;

namespace Tally.Grains.Tenants;

/// <content>The tenant on its way from one store to another.</content>
internal sealed partial class TenantGrain : IMovingTenantGrain
{
    /// <inheritdoc />
    public Task<MovedTenant?> Export() => Task.FromResult(state.State.Title is { } title
        ? new MovedTenant(
            title,
            [.. state.State.Products],
            [.. state.State.Keys.Select(key => new MovedKey(key.Info, key.Hash))])
        : null);

    /// <inheritdoc />
    public async Task<bool> IsFreeFor(string? export)
    {
        // Another activation may have made it, where a cluster is split.
        await state.ReadStateAsync();
        return (export is not null && state.State.ImportOf == export)
            || (state.State.Title is null && state.State.Products.Count == 0 && state.State.Keys.Count == 0);
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<string>> Import(MovedTenant tenant, string export)
    {
        if (!await IsFreeFor(export))
        {
            throw new InvalidOperationException($"Tenant {this.GetPrimaryKeyString()} is not as the import left it.");
        }

        // Whoever walks the list of tenants finds it then; without a title it isn't there for anybody yet.
        await GrainFactory.GetGrain<ITenantDirectoryGrain>(ITenantDirectoryGrain.TheKey)
            .Add(this.GetPrimaryKeyString());
        if (state.State.Title is null)
        {
            state.State.Title = tenant.Title;
            state.State.Products = [.. tenant.Products];
            state.State.Keys = await Taken(tenant.Keys);
            state.State.ImportOf = export;
            await Write();
        }

        foreach (var key in state.State.Keys)
        {
            await GrainFactory.GetGrain<IApiKeyGrain>(key.Hash)
                .Put(new(this.GetPrimaryKeyString(), key.Info.KeyId, key.Info.Scopes));
        }

        var here = state.State.Keys.Select(key => key.Info.KeyId).ToHashSet(StringComparer.Ordinal);
        return [.. tenant.Keys.Select(key => key.Info.KeyId).Where(id => !here.Contains(id))];
    }

    /// <summary>
    /// Says which keys are taken: not those that are known here already, as of another tenant, and none with leave to
    /// do what is the platform's.
    /// </summary>
    private async Task<List<StoredApiKey>> Taken(IReadOnlyList<MovedKey> keys)
    {
        var taken = new List<StoredApiKey>();
        foreach (var key in keys)
        {
            List<string> scopes = [.. key.Info.Scopes.Where(scope => scope != ApiScopes.Platform)];
            var owner = await GrainFactory.GetGrain<IApiKeyGrain>(key.Hash).Get();
            if (scopes.Count > 0 && (owner is null || owner.Tenant == this.GetPrimaryKeyString()))
            {
                taken.Add(new(key.Info with { Scopes = scopes }, key.Hash));
            }
        }

        return taken;
    }
}
