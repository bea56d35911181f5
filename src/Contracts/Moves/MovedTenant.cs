using Tally.Contracts.Tenants;

namespace Tally.Contracts.Moves;

/// <summary>A tenant on its way from one store to another.</summary>
/// <param name="Title">A name for people.</param>
/// <param name="Products">The codes of its products, in the order in which they were made.</param>
/// <param name="Keys">Its API keys.</param>
[GenerateSerializer, Immutable, Alias("Tally.MovedTenant")]
public sealed record MovedTenant(
    [property: Id(0)] string Title,
    [property: Id(1)] IReadOnlyList<string> Products,
    [property: Id(2)] IReadOnlyList<MovedKey> Keys);

/// <summary>An API key on its way from one store to another.</summary>
/// <param name="Info">The key without its secret.</param>
/// <param name="Hash">The hash of its secret.</param>
[GenerateSerializer, Immutable, Alias("Tally.MovedKey")]
public sealed record MovedKey([property: Id(0)] ApiKeyInfo Info, [property: Id(1)] string Hash);
