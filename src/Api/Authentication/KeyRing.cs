using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Tally.Api.Dispatch;
using Tally.Api.Hosting;
using Tally.Contracts.Tenants;
using Tally.Domain.Tenancy;

namespace Tally.Api.Authentication;

/// <summary>Finds out whose API key a request bears.</summary>
/// <remarks>
/// Keys are looked up by the hash of their secret, so the time that takes says nothing about other secrets. What was
/// found is remembered briefly; what doesn't exist is remembered apart, so that guessing never pushes real keys out.
/// </remarks>
internal sealed class KeyRing
{
    private const string Scheme = "Bearer ";

    private readonly IGrainFactory _grains;
    private readonly CallPatience _patience;
    private readonly GenerationalCache<string, ApiKeyIdentity> _known;
    private readonly GenerationalCache<string, bool> _unknown;

    /// <summary>Makes a key ring.</summary>
    /// <param name="grains">Where keys are looked up.</param>
    /// <param name="patience">Looks again.</param>
    /// <param name="options">How much is remembered, and for how long.</param>
    /// <param name="time">The clock.</param>
    public KeyRing(IGrainFactory grains, CallPatience patience, IOptions<TallyApiOptions> options, TimeProvider time)
    {
        (_grains, _patience) = (grains, patience);
        _known = new(options.Value.KeysCachedMax, options.Value.KeyCachedFor, time);
        _unknown = new(options.Value.KeysCachedMax, options.Value.KeyCachedFor, time);
    }

    /// <summary>Finds the key that a request bears.</summary>
    /// <param name="headers">The request's headers.</param>
    /// <returns>Whose it is; null when there is no key, or none that is good.</returns>
    public ValueTask<ApiKeyIdentity?> Find(IHeaderDictionary headers)
    {
        if (headers.Authorization is not [{ } header]
            || !header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return new((ApiKeyIdentity?)null);
        }

        var secret = header[Scheme.Length..].Trim();
        if (secret.Length is < ApiKeySecret.LengthMin or > ApiKeySecret.LengthMax)
        {
            return new((ApiKeyIdentity?)null);
        }

        var hash = ApiKeySecret.Hash(secret);
        return _known.TryGet(hash, out var identity) ? new(identity)
            : _unknown.TryGet(hash, out _) ? new((ApiKeyIdentity?)null)
            : new(Ask(hash));
    }

    /// <summary>Forgets a key that was revoked.</summary>
    /// <param name="tenant">Whose it was.</param>
    /// <param name="keyId">Which key.</param>
    public void Forget(string tenant, string keyId) =>
        _known.RemoveWhere(identity => identity.Tenant == tenant && identity.KeyId == keyId);

    /// <summary>Stops believing that a key does not exist, because it was just made.</summary>
    /// <param name="secret">The key's secret.</param>
    public void Welcome(string secret) => _unknown.Remove(ApiKeySecret.Hash(secret));

    private async Task<ApiKeyIdentity?> Ask(string hash)
    {
        var identity = await _patience.Ask(() => _grains.GetGrain<IApiKeyGrain>(hash).Get());
        if (identity is null)
        {
            _unknown.Put(hash, true);
        }
        else
        {
            _known.Put(hash, identity);
        }

        return identity;
    }
}
