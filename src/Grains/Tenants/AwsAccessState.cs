using Tally.Domain.Tenancy;

namespace Tally.Grains.Tenants;

/// <summary>How a tenant's AWS account is called, as it is stored. A storage format.</summary>
[GenerateSerializer, Alias("Tally.AwsAccessState")]
internal sealed class AwsAccessState
{
    /// <summary>How; null for the installation's own credentials.</summary>
    [Id(0)]
    public AwsAccess? Access { get; set; }
}
