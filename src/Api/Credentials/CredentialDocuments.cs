using Tally.Domain.Tenancy;

namespace Tally.Api.Credentials;

/// <summary>
/// With which credentials a tenant's AWS account is called: a role's, a profile's, else the installation's.
/// </summary>
/// <param name="RoleArn">A role of the tenant's account that the installation assumes.</param>
/// <param name="ExternalId">What the role's trust policy demands besides, 2 to 1224 characters; with a role.</param>
/// <param name="SessionName">What CloudTrail shows as the caller; <c>tally-TENANT</c> when left out.</param>
/// <param name="Profile">A profile in the silos' AWS configuration.</param>
/// <param name="Region">The region that is called; the installation's when left out.</param>
/// <param name="AccountId">
/// Which account the credentials are of, so that tenants of one account share its quota; a role says it itself.
/// </param>
internal sealed record CredentialsRequest(
    string? RoleArn = null,
    string? ExternalId = null,
    string? SessionName = null,
    string? Profile = null,
    string? Region = null,
    string? AccountId = null)
{
    /// <summary>What it says.</summary>
    /// <returns>The same, as it is kept.</returns>
    public AwsAccess ToAccess() => new(RoleArn, ExternalId, SessionName, Profile, Region, AccountId);
}

/// <summary>With which credentials a tenant's AWS account is called.</summary>
/// <param name="Tenant">The tenant.</param>
/// <param name="Source"><c>role</c>, <c>profile</c> or <c>installation</c>.</param>
/// <param name="RoleArn">The role.</param>
/// <param name="HasExternalId">Whether there is an external id; it is never shown.</param>
/// <param name="SessionName">What CloudTrail shows as the caller, where it was given.</param>
/// <param name="Profile">The profile.</param>
/// <param name="Region">The region, where it was given.</param>
/// <param name="AccountId">Which account is called, as far as it is known.</param>
internal sealed record CredentialsAnswer(
    string Tenant,
    string Source,
    string? RoleArn = null,
    bool? HasExternalId = null,
    string? SessionName = null,
    string? Profile = null,
    string? Region = null,
    string? AccountId = null)
{
    /// <summary>Shows how a tenant's account is called.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="access">How; null for the installation's own credentials.</param>
    /// <returns>The answer.</returns>
    public static CredentialsAnswer Of(string tenant, AwsAccess? access) => access is null
        ? new(tenant, "installation")
        : new(
            tenant,
            access.RoleArn is not null ? "role" : access.Profile is not null ? "profile" : "installation",
            access.RoleArn,
            access.RoleArn is null ? null : access.ExternalId is not null,
            access.SessionName,
            access.Profile,
            access.Region,
            access.Account);
}
