namespace Tally.Contracts.Tenants;

/// <summary>One tenant: its products and API keys. Its key is the tenant's name.</summary>
[Alias("Tally.ITenantGrain")]
public interface ITenantGrain : IGrainWithStringKey
{
    /// <summary>Creates the tenant; creating it again changes only its title.</summary>
    /// <param name="title">A name for people, at most 255 characters.</param>
    /// <returns>The tenant.</returns>
    [Alias("Put")]
    Task<TenantInfo> Put(string title);

    /// <summary>Shows the tenant.</summary>
    /// <returns>The tenant; null when there is none of this name.</returns>
    [Alias("Get")]
    Task<TenantInfo?> Get();

    /// <summary>Enters a product into the tenant's list; entering it again changes nothing.</summary>
    /// <param name="code">The product code.</param>
    /// <returns>A task that completes when it is stored.</returns>
    [Alias("AddProduct")]
    Task AddProduct(string code);

    /// <summary>Makes an API key.</summary>
    /// <param name="name">A name for people, at most 255 characters.</param>
    /// <param name="scopes">What it may do, at least one of <see cref="ApiScopes"/>.</param>
    /// <returns>The key; its secret is shown this once and stored only as a hash.</returns>
    [Alias("CreateKey")]
    Task<CreatedApiKey> CreateKey(string name, IReadOnlyList<string> scopes);

    /// <summary>
    /// Makes sure that the tenant has an administrator's key: when it has no key at all, the given one is taken, or
    /// one is made.
    /// </summary>
    /// <param name="secret">The secret to take, at least 16 characters; null to make one.</param>
    /// <param name="scopes">What it may do.</param>
    /// <returns>The secret when a key was taken or made; null when the tenant had a key already.</returns>
    [Alias("EnsureAdminKey")]
    Task<string?> EnsureAdminKey(string? secret, IReadOnlyList<string> scopes);

    /// <summary>Lists the tenant's keys, without their secrets.</summary>
    /// <returns>The keys.</returns>
    [Alias("ListKeys")]
    Task<IReadOnlyList<ApiKeyInfo>> ListKeys();

    /// <summary>Revokes a key; other processes may honour it for some seconds more.</summary>
    /// <param name="keyId">Which key.</param>
    /// <returns>Whether there was such a key.</returns>
    [Alias("RevokeKey")]
    Task<bool> RevokeKey(string keyId);
}
