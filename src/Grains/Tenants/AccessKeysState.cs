using Tally.Contracts.Tenants;

namespace Tally.Grains.Tenants;

/// <summary>The access key pairs of a tenant as they are stored. A storage format.</summary>
[GenerateSerializer, Alias("Tally.AccessKeysState")]
internal sealed class AccessKeysState
{
    /// <summary>The pairs, in the order in which they were made.</summary>
    [Id(0)]
    public List<ApiKeyInfo> Pairs { get; set; } = [];
}
