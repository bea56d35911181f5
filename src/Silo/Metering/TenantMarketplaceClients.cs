using System.Collections.Concurrent;
using Amazon;
using Amazon.AWSMarketplaceMetering;
using Amazon.Runtime;
using Amazon.SecurityToken;
using Tally.Contracts.Tenants;
using Tally.Domain.Catalogue;
using Tally.Domain.Tenancy;
using Tally.Grains.Delivery;

namespace Tally.Silo.Metering;

/// <summary>
/// Calls each tenant's AWS account with the tenant's own credentials; tenants that have none share the installation's.
/// </summary>
/// <param name="grains">Where tenants say how their account is called.</param>
/// <param name="installation">The installation's own client.</param>
/// <param name="endpoint">Where calls go instead of AWS; null for AWS itself.</param>
/// <param name="sts">Makes the client that a region's roles are assumed with; null for STS itself.</param>
public sealed class TenantMarketplaceClients(
    IGrainFactory grains,
    IAmazonAWSMarketplaceMetering installation,
    Uri? endpoint,
    Func<string, IAmazonSecurityTokenService>? sts = null) : IMarketplaceClients
{
    private const string InstallationAccount = "default";

    private readonly ConcurrentDictionary<string, Known> _tenants = new(StringComparer.Ordinal);
    private readonly string _region = installation.Config.RegionEndpoint?.SystemName
        ?? installation.Config.AuthenticationRegion ?? "us-east-1";

    /// <inheritdoc />
    public async ValueTask Prepare(string tenant)
    {
        var access = await grains.GetGrain<IAwsAccessGrain>(tenant).Get();
        if (access is null)
        {
            _tenants.TryRemove(tenant, out _);
        }
        else if (!_tenants.TryGetValue(tenant, out var known) || known.Access != access)
        {
            // Calls under way still use the client of before, so it is left to the garbage collector.
            _tenants[tenant] = new(access, Make(tenant, access));
        }
    }

    /// <inheritdoc />
    public IAmazonAWSMarketplaceMetering For(ProductKey product) => ForTenant(product.Tenant);

    /// <inheritdoc />
    public IAmazonAWSMarketplaceMetering ForTenant(string tenant) =>
        _tenants.TryGetValue(tenant, out var known) ? known.Client : installation;

    /// <inheritdoc />
    public string AccountOf(ProductKey product) =>
        (_tenants.TryGetValue(product.Tenant, out var known) ? known.Access.QuotaName(_region) : null)
        ?? InstallationAccount;

    private IAmazonAWSMarketplaceMetering Make(string tenant, AwsAccess access)
    {
        var region = access.Region ?? _region;
        AWSCredentials? credentials = access switch
        {
            { RoleArn: not null } => new RoleCredentials((sts ?? Sts)(region), tenant, access),
            { Profile: { } profile } => new ProfileCredentials(profile),
            _ => null,
        };
        return MarketplaceClients.Create(endpoint, region, credentials);
    }

    private static AmazonSecurityTokenServiceClient Sts(string region) =>
        new(new AmazonSecurityTokenServiceConfig { RegionEndpoint = RegionEndpoint.GetBySystemName(region) });

    private sealed record Known(AwsAccess Access, IAmazonAWSMarketplaceMetering Client);
}
