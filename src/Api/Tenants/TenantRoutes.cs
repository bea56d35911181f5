using Tally.Api.Errors;
using Tally.Api.Hosting;
using Tally.Contracts.Tenants;

namespace Tally.Api.Tenants;

/// <summary>Where the operations on tenants and keys are, and what is said of them.</summary>
internal static class TenantRoutes
{
    private const string Tenants = "Tenants";
    private const string Keys = "Keys";

    private const string TenantExample =
        """{ "name": "acme", "title": "Acme Software", "products": ["abc123"] }""";

    private const string KeyBody = """{ "name": "billing exporter", "scopes": ["ingest"] }""";

    private const string Key =
        """
        "id": "k_5f0c7a2e", "name": "billing exporter", "scopes": ["ingest"], "createdAt": "2026-11-22T10:20:30+00:00"
        """;

    private const string NewKey = $$"""{ {{Key}}, "secret": "tally_0f3c..." }""";

    /// <summary>Lists the operations.</summary>
    /// <param name="tenants">What does those on tenants.</param>
    /// <param name="keys">What does those on keys.</param>
    /// <returns>The operations.</returns>
    public static IEnumerable<ApiOperation> Of(TenantOperations tenants, KeyOperations keys) =>
    [
        .. OfTenants(tenants),
        .. OfKeys(keys),
    ];

    private static IEnumerable<ApiOperation> OfTenants(TenantOperations tenants) =>
    [
        new("PutTenant", "PUT", "/v1/tenants/{tenant}", ApiScopes.Platform, tenants.Put)
        {
            Tag = Tenants,
            Summary = "Make or rename a tenant",
            Description = "A tenant owns products and keys; tenants can't see each other.",
            Request = typeof(TenantRequest),
            RequestExample = """{ "title": "Acme Software" }""",
            Answer = typeof(TenantAnswer),
            AnswerExample = TenantExample,
        },
        new("GetTenant", "GET", "/v1/tenants/{tenant}", ApiScopes.Platform, tenants.Get)
        {
            Tag = Tenants,
            Summary = "Show a tenant",
            Description = "Shows a tenant with its products.",
            Answer = typeof(TenantAnswer),
            AnswerExample = TenantExample,
            Problems = [ProblemCode.UnknownTenant],
        },
        new("ListTenants", "GET", "/v1/tenants", ApiScopes.Platform, tenants.List)
        {
            Tag = Tenants,
            Summary = "List the tenants",
            Description = "Lists all tenants by name.",
            Answer = typeof(TenantListAnswer),
            AnswerExample = """{ "tenants": ["acme", "default"] }""",
        },
        new("CreateTenantKey", "POST", "/v1/tenants/{tenant}/keys", ApiScopes.Platform, tenants.CreateKey)
        {
            Tag = Tenants,
            Summary = "Make a key for a tenant",
            Description = "The secret is shown this once. A key can give only scopes that it has itself.",
            Request = typeof(KeyRequest),
            RequestExample = KeyBody,
            Answer = typeof(KeyAnswer),
            AnswerExample = NewKey,
            Status = 201,
            Problems = [ProblemCode.UnknownTenant, ProblemCode.ScopeNotHeld],
        },
    ];

    private static IEnumerable<ApiOperation> OfKeys(KeyOperations keys) =>
    [
        new("CreateKey", "POST", "/v1/keys", ApiScopes.Admin, keys.Create)
        {
            Tag = Keys,
            Summary = "Make a key",
            Description =
                "Makes a key for the caller's own tenant. The secret is shown this once. A key can give only scopes "
                + "that it has itself.",
            Request = typeof(KeyRequest),
            RequestExample = KeyBody,
            Answer = typeof(KeyAnswer),
            AnswerExample = NewKey,
            Status = 201,
            Problems = [ProblemCode.ScopeNotHeld],
        },
        new("ListKeys", "GET", "/v1/keys", ApiScopes.Admin, keys.List)
        {
            Tag = Keys,
            Summary = "List the keys",
            Description = "Lists the keys of the caller's own tenant, without their secrets.",
            Answer = typeof(KeyListAnswer),
            AnswerExample = $$"""{ "keys": [{ {{Key}} }] }""",
        },
        new("RevokeKey", "DELETE", "/v1/keys/{id}", ApiScopes.Admin, keys.Revoke)
        {
            Tag = Keys,
            Summary = "Revoke a key",
            Description = "The key stops working at once here, and within seconds in other processes.",
            Status = 204,
            Problems = [ProblemCode.UnknownKey],
        },
    ];
}
