using Amazon.Runtime;
using Amazon.Runtime.CredentialManagement;

namespace Tally.Silo.Metering;

/// <summary>
/// The credentials of a profile of this machine's AWS configuration. That there is none shows when a call is made, as
/// any other fault of credentials does.
/// </summary>
/// <param name="profile">The profile's name.</param>
internal sealed class ProfileCredentials(string profile) : AWSCredentials
{
    private AWSCredentials? _found;

    /// <inheritdoc />
    public override ImmutableCredentials GetCredentials() => Find().GetCredentials();

    /// <inheritdoc />
    public override Task<ImmutableCredentials> GetCredentialsAsync() => Find().GetCredentialsAsync();

    private AWSCredentials Find() =>
        _found ??= new CredentialProfileStoreChain().TryGetAWSCredentials(profile, out var credentials)
            ? credentials
            : throw new AmazonClientException($"This machine has no AWS profile '{profile}' with credentials.");
}
