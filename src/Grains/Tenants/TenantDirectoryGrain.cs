using Tally.Contracts.Tenants;
using Tally.Grains.Hosting;

namespace Tally.Grains.Tenants;

/// <summary>Keeps the list of tenants.</summary>
/// <param name="state">What is stored.</param>
internal sealed class TenantDirectoryGrain(
    [PersistentState("directory", TallyStorage.Name)] IPersistentState<TenantDirectoryState> state)
    : Grain, ITenantDirectoryGrain
{
    /// <inheritdoc />
    public async Task Add(string tenant)
    {
        if (!state.State.Tenants.Add(tenant))
        {
            return;
        }

        try
        {
            await state.WriteStateAsync();
        }
        catch (Exception)
        {
            state.State.Tenants.Remove(tenant);
            DeactivateOnIdle();
            throw;
        }
    }

    /// <inheritdoc />
    public Task<IReadOnlyList<string>> List() =>
        Task.FromResult<IReadOnlyList<string>>([.. state.State.Tenants.Order(StringComparer.Ordinal)]);
}
