namespace Tally.Contracts.Tenants;

/// <summary>A new API key with its secret.</summary>
/// <param name="Info">The key.</param>
/// <param name="Secret">What callers send; shown this once.</param>
[GenerateSerializer, Immutable, Alias("Tally.CreatedApiKey")]
public sealed record CreatedApiKey(
    [property: Id(0)] ApiKeyInfo Info,
    [property: Id(1)] string Secret);
