using Tally.Contracts.Tenants;
using Tally.Grains.Hosting;

namespace Tally.Grains.Tenants;

/// <summary>Keeps whose one access key pair is, under its id.</summary>
/// <param name="state">What is stored.</param>
internal sealed class AccessKeyGrain(
    [PersistentState("access-key", TallyStorage.Name)] IPersistentState<ApiKeyState> state) : Grain, IAccessKeyGrain
{
    /// <inheritdoc />
    public Task<ApiKeyIdentity?> Get() => Task.FromResult(state.State.Identity);

    /// <inheritdoc />
    public async Task Put(ApiKeyIdentity identity)
    {
        state.State.Identity = identity;
        await Durably(state.WriteStateAsync);
    }

    /// <inheritdoc />
    public Task Remove() => Durably(state.ClearStateAsync);

    private async Task Durably(Func<Task> write)
    {
        try
        {
            await write();
        }
        catch (Exception)
        {
            // What is stored is not known; start again from it.
            DeactivateOnIdle();
            throw;
        }
    }
}
