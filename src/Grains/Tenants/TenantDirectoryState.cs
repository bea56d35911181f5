namespace Tally.Grains.Tenants;

/// <summary>What the tenant directory stores. A storage format.</summary>
[GenerateSerializer, Alias("Tally.TenantDirectoryState")]
internal sealed class TenantDirectoryState
{
    /// <summary>The tenants' names.</summary>
    [Id(0)]
    public HashSet<string> Tenants { get; set; } = [];
}
