namespace Tally.Contracts.Tenants;

/// <summary>Whose API key it is and what it may do.</summary>
/// <param name="Tenant">The name of the tenant that it belongs to.</param>
/// <param name="KeyId">The key's id, which is no secret.</param>
/// <param name="Scopes">What it may do; see <see cref="ApiScopes"/>.</param>
[GenerateSerializer, Immutable, Alias("Tally.ApiKeyIdentity")]
public sealed record ApiKeyIdentity(
    [property: Id(0)] string Tenant,
    [property: Id(1)] string KeyId,
    [property: Id(2)] IReadOnlyList<string> Scopes);
