namespace Tally.Contracts.Tenants;

/// <summary>A seller that uses the platform, kept apart from all others, as it was when asked.</summary>
/// <param name="Name">What it is called in keys and addresses; never changes.</param>
/// <param name="Title">A name for people.</param>
/// <param name="Products">Its product codes, in the order in which they were made.</param>
[GenerateSerializer, Immutable, Alias("Tally.TenantInfo")]
public sealed record TenantInfo(
    [property: Id(0)] string Name,
    [property: Id(1)] string Title,
    [property: Id(2)] IReadOnlyList<string> Products);
