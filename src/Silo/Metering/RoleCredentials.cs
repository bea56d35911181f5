using Amazon.Runtime;
using Amazon.SecurityToken;
using Amazon.SecurityToken.Model;
using Tally.Domain.Tenancy;

namespace Tally.Silo.Metering;

/// <summary>A role's credentials, for which STS is asked again some minutes before they expire.</summary>
internal sealed class RoleCredentials : RefreshingAWSCredentials
{
    private static readonly TimeSpan Preempt = TimeSpan.FromMinutes(5);
    private readonly IAmazonSecurityTokenService _sts;
    private readonly AssumeRoleRequest _request;

    /// <summary>Makes them; nobody is asked yet.</summary>
    /// <param name="sts">Who is asked, with the installation's own credentials.</param>
    /// <param name="tenant">Whose role it is.</param>
    /// <param name="access">The role.</param>
    public RoleCredentials(IAmazonSecurityTokenService sts, string tenant, AwsAccess access)
    {
        (_sts, PreemptExpiryTime) = (sts, Preempt);
        _request = new()
        {
            RoleArn = access.RoleArn,
            ExternalId = access.ExternalId,
            RoleSessionName = access.SessionName ?? SessionOf(tenant),
        };
    }

    /// <inheritdoc />
    protected override async Task<CredentialsRefreshState> GenerateNewCredentialsAsync()
    {
        var credentials = (await _sts.AssumeRoleAsync(_request)).Credentials;
        return new(
            new(credentials.AccessKeyId, credentials.SecretAccessKey, credentials.SessionToken),
            credentials.Expiration!.Value.ToUniversalTime());
    }

    private static string SessionOf(string tenant)
    {
        const int LengthMax = 64;
        var name = $"tally-{tenant}";
        return name.Length <= LengthMax ? name : name[..LengthMax];
    }
}
