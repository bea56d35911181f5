using Tally.Api.Errors;
using Tally.Api.Hosting;
using Tally.Contracts.Tenants;

namespace Tally.Api.Compatibility.Keys;

/// <summary>Where the operations on access key pairs are, and what is said of them.</summary>
internal static class AccessKeyRoutes
{
    private const string Tag = "Access keys";

    private const string Pair =
        """
        "accessKeyId": "TALLY0F3C7A2E5B9D4C6E8A1B2C3D", "name": "metering job", "scopes": ["ingest"],
        "createdAt": "2026-11-22T10:20:30+00:00"
        """;

    /// <summary>Lists the operations.</summary>
    /// <param name="keys">What does them.</param>
    /// <returns>The operations.</returns>
    public static IEnumerable<ApiOperation> Of(AccessKeyOperations keys) =>
    [
        new("CreateAccessKey", "POST", "/v1/access-keys", ApiScopes.Admin, keys.Create)
        {
            Tag = Tag,
            Summary = "Make an access key",
            Description =
                "Makes an access key id with a secret for AWS's clients, which sign with it when their endpoint is "
                + "this platform. The secret is shown this once. A key can give only scopes that it has itself.",
            Request = typeof(AccessKeyRequest),
            RequestExample = """{ "name": "metering job", "scopes": ["ingest"] }""",
            Answer = typeof(AccessKeyAnswer),
            AnswerExample = $$"""{ {{Pair}}, "secretAccessKey": "tally_0f3c..." }""",
            Status = 201,
            Problems = [ProblemCode.ScopeNotHeld],
        },
        new("ListAccessKeys", "GET", "/v1/access-keys", ApiScopes.Admin, keys.List)
        {
            Tag = Tag,
            Summary = "List the access keys",
            Description = "Lists the access keys of the caller's own tenant, without their secrets.",
            Answer = typeof(AccessKeyListAnswer),
            AnswerExample = $$"""{ "accessKeys": [{ {{Pair}} }] }""",
        },
        new("RevokeAccessKey", "DELETE", "/v1/access-keys/{id}", ApiScopes.Admin, keys.Revoke)
        {
            Tag = Tag,
            Summary = "Revoke an access key",
            Description = "The access key stops working at once here, and within seconds in other processes.",
            Status = 204,
            Problems = [ProblemCode.UnknownKey],
        },
    ];
}
