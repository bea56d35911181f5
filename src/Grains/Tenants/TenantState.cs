using Tally.Contracts.Tenants;

namespace Tally.Grains.Tenants;

/// <summary>What a tenant's actor stores. A storage format.</summary>
[GenerateSerializer, Alias("Tally.TenantState")]
internal sealed class TenantState
{
    /// <summary>The title; null until the tenant is made.</summary>
    [Id(0)]
    public string? Title { get; set; }

    /// <summary>Product codes, in the order in which they were made.</summary>
    [Id(1)]
    public List<string> Products { get; set; } = [];

    /// <summary>The keys, each with the hash it is found by.</summary>
    [Id(2)]
    public List<StoredApiKey> Keys { get; set; } = [];

    /// <summary>Of which export it was taken in; null for none.</summary>
    [Id(3)]
    public string? ImportOf { get; set; }
}

/// <summary>An API key as its tenant stores it. A storage format.</summary>
/// <param name="Info">The key without its secret.</param>
/// <param name="Hash">The hash of its secret.</param>
[GenerateSerializer, Alias("Tally.StoredApiKey")]
internal sealed record StoredApiKey([property: Id(0)] ApiKeyInfo Info, [property: Id(1)] string Hash);
