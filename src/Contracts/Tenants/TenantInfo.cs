namespace Tally.Contracts.Tenants;

/// <summary>A tenant.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Title">A name for people.</param>
/// <param name="Products">Its product codes, in the order in which they were made.</param>
[GenerateSerializer, Immutable, Alias("Tally.TenantInfo")]
public sealed record TenantInfo(
    [property: Id(0)] string Name,
    [property: Id(1)] string Title,
    [property: Id(2)] IReadOnlyList<string> Products);
