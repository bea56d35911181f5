using Tally.Contracts.Moves;

namespace Tally.Grains.Moves;

/// <summary>What is stored of a tenant's standing. A storage format.</summary>
[GenerateSerializer, Alias("Tally.TenantStandingState")]
internal sealed class TenantStandingState
{
    /// <summary>The standing; null for that of a tenant that nobody ever froze.</summary>
    [Id(0)]
    public TenantStanding? Standing { get; set; }
}
