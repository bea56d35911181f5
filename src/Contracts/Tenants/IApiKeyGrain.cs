namespace Tally.Contracts.Tenants;

/// <summary>
/// One API key, found by the hash of its secret: <see cref="Domain.Tenancy.ApiKeySecret.Hash"/>.
/// </summary>
[Alias("Tally.IApiKeyGrain")]
public interface IApiKeyGrain : IGrainWithStringKey
{
    /// <summary>Shows whose key it is.</summary>
    /// <returns>The key; null when there is no such key, or no more.</returns>
    [Alias("Get")]
    Task<ApiKeyIdentity?> Get();

    /// <summary>Makes the key known from now on; a key with the same hash is overwritten.</summary>
    /// <param name="identity">Whose it is and what it may do.</param>
    /// <returns>A task that completes when it is stored.</returns>
    [Alias("Put")]
    Task Put(ApiKeyIdentity identity);

    /// <summary>Forgets the key, so that nobody is let in with it any more.</summary>
    /// <returns>A task that completes when that is stored.</returns>
    [Alias("Remove")]
    Task Remove();
}
