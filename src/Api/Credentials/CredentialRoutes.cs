using Tally.Api.Errors;
using Tally.Api.Hosting;
using Tally.Contracts.Tenants;

namespace Tally.Api.Credentials;

/// <summary>Where the operations on credentials are, and what is said of them.</summary>
internal static class CredentialRoutes
{
    private const string Tag = "Tenants";
    private const string Path = "/v1/tenants/{tenant}/credentials";

    private const string Example =
        """
        {
          "tenant": "acme", "source": "role", "roleArn": "arn:aws:iam::123456789012:role/tally",
          "hasExternalId": true, "region": "us-east-1", "accountId": "123456789012"
        }
        """;

    /// <summary>Lists the operations.</summary>
    /// <param name="credentials">What does them.</param>
    /// <returns>The operations.</returns>
    public static IEnumerable<ApiOperation> Of(CredentialOperations credentials) =>
    [
        new("PutCredentials", "PUT", Path, ApiScopes.Platform, credentials.Put)
        {
            Tag = Tag,
            Summary = "Say how a tenant's AWS account is called",
            Description =
                "With a role that the installation assumes (an external id is required then), with a profile of the "
                + "silos' AWS configuration, or with the installation's own credentials. Deliveries go by it from "
                + "the next call on. The external id is never shown.",
            Request = typeof(CredentialsRequest),
            RequestExample =
                """{ "roleArn": "arn:aws:iam::123456789012:role/tally", "externalId": "acme-7f3a" }""",
            Answer = typeof(CredentialsAnswer),
            AnswerExample = Example,
            Problems = [ProblemCode.InvalidBody, ProblemCode.UnknownTenant],
        },
        new("GetCredentials", "GET", Path, ApiScopes.Platform, credentials.Get)
        {
            Tag = Tag,
            Summary = "Show how a tenant's AWS account is called",
            Description = "Shows which role or profile, and never a secret.",
            Answer = typeof(CredentialsAnswer),
            AnswerExample = Example,
            Problems = [ProblemCode.UnknownTenant],
        },
        new("DeleteCredentials", "DELETE", Path, ApiScopes.Platform, credentials.Delete)
        {
            Tag = Tag,
            Summary = "Go back to the installation's own credentials",
            Description = "From the next call on the tenant is served with the installation's own credentials.",
            Status = 204,
            Problems = [ProblemCode.UnknownTenant],
        },
    ];
}
