namespace Tally.Domain.Tenancy;

/// <summary>
/// With which credentials a tenant's AWS account is called: those of a role, or of a profile of the machine, else the
/// installation's own. It holds no key, and is not written into any log all the same.
/// </summary>
/// <param name="RoleArn">A role of the tenant's account that the installation assumes; null for none.</param>
/// <param name="ExternalId">What the role's trust policy demands besides; with a role.</param>
/// <param name="SessionName">What CloudTrail shows as the caller; null for <c>tally-TENANT</c>.</param>
/// <param name="Profile">A profile in the silos' AWS configuration; null for none.</param>
/// <param name="Region">The region that is called; null for the installation's.</param>
/// <param name="AccountId">
/// Which account the credentials are of, 12 digits, as AWS's quota is one account's; null for a role's own, or to
/// count with those that don't say.
/// </param>
public sealed record AwsAccess(
    string? RoleArn = null,
    string? ExternalId = null,
    string? SessionName = null,
    string? Profile = null,
    string? Region = null,
    string? AccountId = null)
{
    private const int RoleArnAccountPart = 4;

    /// <summary>The account that is called, as far as it is known.</summary>
    public string? Account => AccountId ?? RoleArn?.Split(':')[RoleArnAccountPart];

    /// <summary>Names what shares one quota of calls: AWS's is per account and region.</summary>
    /// <param name="regionElse">The installation's region.</param>
    /// <returns>A name without secrets; null when it is the installation's own.</returns>
    public string? QuotaName(string regionElse)
    {
        var region = Region ?? regionElse;
        return (Account, Profile) switch
        {
            ({ } account, _) => $"{account}/{region}",
            (null, { } profile) => $"profile:{profile}/{region}",
            _ => Region is null ? null : $"default/{region}",
        };
    }

    /// <summary>Which role or profile; never what only the role's owner should know.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => RoleArn ?? (Profile is null ? "installation" : $"profile {Profile}");
}
