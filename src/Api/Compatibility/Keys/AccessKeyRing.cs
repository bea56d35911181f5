using Microsoft.Extensions.Options;
using Tally.Api.Authentication;
using Tally.Api.Dispatch;
using Tally.Api.Hosting;
using Tally.Contracts.Tenants;
using Tally.Domain.Tenancy;

namespace Tally.Api.Compatibility.Keys;

/// <summary>Finds out whose access key pair it is, and what its secret is.</summary>
/// <remarks>
/// What was found is remembered briefly; what doesn't exist is remembered apart, so that guessing never pushes real
/// pairs out.
/// </remarks>
internal sealed class AccessKeyRing
{
    private readonly IGrainFactory _grains;
    private readonly CallPatience _patience;
    private readonly PlatformKeys _keys;
    private readonly GenerationalCache<string, ApiKeyIdentity> _known;
    private readonly GenerationalCache<string, bool> _unknown;

    /// <summary>Makes a key ring.</summary>
    /// <param name="grains">Where pairs are looked up.</param>
    /// <param name="patience">Looks again.</param>
    /// <param name="keys">What secrets are derived from.</param>
    /// <param name="options">How much is remembered, and for how long.</param>
    /// <param name="time">The clock.</param>
    public AccessKeyRing(
        IGrainFactory grains,
        CallPatience patience,
        PlatformKeys keys,
        IOptions<TallyApiOptions> options,
        TimeProvider time)
    {
        (_grains, _patience, _keys) = (grains, patience, keys);
        _known = new(options.Value.KeysCachedMax, options.Value.KeyCachedFor, time);
        _unknown = new(options.Value.KeysCachedMax, options.Value.KeyCachedFor, time);
    }

    /// <summary>Finds a pair.</summary>
    /// <param name="id">The access key id, any text.</param>
    /// <returns>Whose it is; null when there is none.</returns>
    public ValueTask<ApiKeyIdentity?> Find(string id) =>
        !AccessKeyPair.IsId(id) ? new((ApiKeyIdentity?)null)
        : _known.TryGet(id, out var identity) ? new(identity)
        : _unknown.TryGet(id, out _) ? new((ApiKeyIdentity?)null)
        : new(Ask(id));

    /// <summary>Computes the secret of a pair.</summary>
    /// <param name="id">The access key id.</param>
    /// <param name="stop">Gives up waiting.</param>
    /// <returns>The secret.</returns>
    public async ValueTask<string> SecretOf(string id, CancellationToken stop) =>
        AccessKeyPair.SecretOf(await _keys.DeriveAsync(AccessKeyPair.Purpose, stop), id);

    /// <summary>Forgets a pair that was revoked.</summary>
    /// <param name="id">The access key id.</param>
    public void Forget(string id) => _known.Remove(id);

    private async Task<ApiKeyIdentity?> Ask(string id)
    {
        var identity = await _patience.Ask(() => _grains.GetGrain<IAccessKeyGrain>(id).Get());
        if (identity is null)
        {
            _unknown.Put(id, true);
        }
        else
        {
            _known.Put(id, identity);
        }

        return identity;
    }
}
