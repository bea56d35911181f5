using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Tally.Contracts.Tenants;
using Tally.Domain.Tenancy;
using Tally.Grains.Hosting;

namespace Tally.Grains.Tenants;

/// <summary>Derives keys from the configured master key, or from one that it makes once and stores.</summary>
/// <param name="state">What is stored.</param>
/// <param name="options">May name the master key.</param>
internal sealed class PlatformKeysGrain(
    [PersistentState("keys", TallyStorage.Name)] IPersistentState<PlatformKeysState> state,
    IOptions<TallyOptions> options) : Grain, IPlatformKeysGrain
{
    /// <inheritdoc />
    public async Task<byte[]> Derive(string purpose) => KeyDerivation.Derive(await Master(), purpose);

    private async Task<byte[]> Master()
    {
        if (options.Value.MasterKey is { } configured)
        {
            return KeyDerivation.ParseMaster(configured)
                ?? throw new InvalidOperationException("The options were not validated.");
        }

        if (state.State.Master is { } known)
        {
            return known;
        }

        // What is signed with a key must not outlive it, so it is stored before anybody gets one.
        state.State.Master = RandomNumberGenerator.GetBytes(KeyDerivation.KeyBytes);
        try
        {
            await state.WriteStateAsync();
            return state.State.Master;
        }
        catch (Exception)
        {
            // Another activation may have stored another one; start again from that.
            state.State.Master = null;
            DeactivateOnIdle();
            throw;
        }
    }
}
