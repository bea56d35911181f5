using Tally.Contracts.Tenants;

namespace Tally.Api.Tenants;

/// <summary>A tenant as the platform's operator writes it.</summary>
/// <param name="Title">A name for people, 1 to 255 characters; the tenant's name when left out.</param>
internal sealed record TenantRequest(string? Title = null);

/// <summary>A tenant.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Title">A name for people.</param>
/// <param name="Products">Its product codes, in the order in which they were made.</param>
internal sealed record TenantAnswer(string Name, string Title, IReadOnlyList<string> Products)
{
    /// <summary>Shows a tenant.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <returns>The answer.</returns>
    public static TenantAnswer Of(TenantInfo tenant) => new(tenant.Name, tenant.Title, tenant.Products);
}

/// <summary>All tenants.</summary>
/// <param name="Tenants">Their names, in ordinal order.</param>
internal sealed record TenantListAnswer(IReadOnlyList<string> Tenants);

/// <summary>An API key as somebody wants it.</summary>
/// <param name="Name">A name for people, 1 to 255 characters.</param>
/// <param name="Scopes">
/// What it may do, at least one: <c>ingest</c>, <c>read</c>, <c>admin</c>, <c>platform</c>; only scopes that the key
/// which asks has itself.
/// </param>
internal sealed record KeyRequest(string? Name = null, IReadOnlyList<string>? Scopes = null);

/// <summary>An API key.</summary>
/// <param name="Id">Its id, which is no secret.</param>
/// <param name="Name">A name for people.</param>
/// <param name="Scopes">What it may do.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="Secret">What callers send; shown once, when the key is made.</param>
internal sealed record KeyAnswer(
    string Id,
    string Name,
    IReadOnlyList<string> Scopes,
    DateTimeOffset CreatedAt,
    string? Secret)
{
    /// <summary>Shows a key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="secret">Its secret, when it was just made.</param>
    /// <returns>The answer.</returns>
    public static KeyAnswer Of(ApiKeyInfo key, string? secret = null) =>
        new(key.KeyId, key.Name, key.Scopes, key.CreatedAt, secret);
}

/// <summary>The keys of a tenant.</summary>
/// <param name="Keys">The keys, without their secrets.</param>
internal sealed record KeyListAnswer(IReadOnlyList<KeyAnswer> Keys);
