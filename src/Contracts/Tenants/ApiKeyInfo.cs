namespace Tally.Contracts.Tenants;

/// <summary>An API key as its owner sees it.</summary>
/// <param name="KeyId">The key's id, which is no secret.</param>
/// <param name="Name">A name for people.</param>
/// <param name="Scopes">What it may do.</param>
/// <param name="CreatedAt">When it was made.</param>
[GenerateSerializer, Immutable, Alias("Tally.ApiKeyInfo")]
public sealed record ApiKeyInfo(
    [property: Id(0)] string KeyId,
    [property: Id(1)] string Name,
    [property: Id(2)] IReadOnlyList<string> Scopes,
    [property: Id(3)] DateTimeOffset CreatedAt);
