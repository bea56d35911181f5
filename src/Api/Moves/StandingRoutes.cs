using Tally.Api.Errors;
using Tally.Api.Hosting;
using Tally.Contracts.Tenants;

namespace Tally.Api.Moves;

/// <summary>Where a tenant is frozen and thawed, and what is said of it.</summary>
internal static class StandingRoutes
{
    private const string Tag = "Tenants";

    private const string Frozen =
        """{ "phase": "frozen", "since": "2026-11-22T10:20:30+00:00", "reason": "maintenance of the store" }""";

    /// <summary>Lists the operations.</summary>
    /// <param name="standing">What does them.</param>
    /// <returns>The operations.</returns>
    public static IEnumerable<ApiOperation> Of(StandingOperations standing) =>
        [.. OfOwn(standing), .. OfOwn(standing).Zip(Acts(standing), (own, act) => OfAny(standing, own, act))];

    private static Func<ApiCall, string, Task<Problem?>>[] Acts(StandingOperations standing) =>
        [standing.Get, standing.Freeze, standing.Thaw, standing.MarkMoved];

    /// <summary>What a tenant may do to itself, the platform's operator may do to each.</summary>
    private static ApiOperation OfAny(
        StandingOperations standing, ApiOperation own, Func<ApiCall, string, Task<Problem?>> act) =>
        new(
            $"Platform{own.Name}", own.Method, own.Pattern.Replace("/tenant/", "/tenants/{tenant}/"),
            ApiScopes.Platform, standing.OfPath(act))
        {
            Tag = Tag,
            Summary = own.Summary,
            Description = own.Description,
            Request = own.Request,
            RequestExample = own.RequestExample,
            Answer = own.Answer,
            AnswerExample = own.AnswerExample,
            Problems = [.. own.Problems, ProblemCode.UnknownTenant],
        };

    private static IEnumerable<ApiOperation> OfOwn(StandingOperations standing) =>
    [
        new("GetStanding", "GET", "/v1/tenant/standing", ApiScopes.Read, call => standing.Get(call, call.Tenant))
        {
            Tag = Tag,
            Summary = "Show whether the tenant is at work",
            Description =
                "`open`; `freezing`, while silos hear of it and calls to AWS end; `frozen`, when nothing of it "
                + "changes any more; or `moved`.",
            Answer = typeof(StandingAnswer),
            AnswerExample = Frozen,
        },
        new("FreezeTenant", "POST", "/v1/tenant/freeze", ApiScopes.Admin, call => standing.Freeze(call, call.Tenant))
        {
            Tag = Tag,
            Summary = "Freeze the tenant",
            Description =
                "From then on events are refused as `tenant_frozen`, and their senders keep them; nothing is sealed "
                + "or sent, and nothing else of the tenant can be changed. What AWS answers to calls under way is "
                + "booked. It takes six seconds, or as long as those calls take: ask until `phase` is `frozen`. "
                + "Records go on expiring, and no alarm is raised meanwhile.",
            Request = typeof(FreezeRequest),
            RequestExample = """{ "reason": "maintenance of the store" }""",
            Answer = typeof(StandingAnswer),
            AnswerExample = Frozen,
            Problems = [ProblemCode.InvalidBody],
        },
        new("ThawTenant", "POST", "/v1/tenant/thaw", ApiScopes.Admin, call => standing.Thaw(call, call.Tenant))
        {
            Tag = Tag,
            Summary = "Let the tenant work again",
            Description =
                "Everything goes on where it stopped. A tenant that was marked as moved needs `force`: it must not "
                + "be at work in two places.",
            Request = typeof(ThawRequest),
            RequestExample = """{ "force": false }""",
            Answer = typeof(StandingAnswer),
            AnswerExample = """{ "phase": "open", "since": "2026-11-22T10:25:00+00:00" }""",
            Problems = [ProblemCode.InvalidBody, ProblemCode.TenantStanding],
        },
        new("MarkTenantMoved", "POST", "/v1/tenant/moved", ApiScopes.Admin,
            call => standing.MarkMoved(call, call.Tenant))
        {
            Tag = Tag,
            Summary = "Say that the tenant is at work elsewhere",
            Description = "A frozen tenant stays so, and is thawed only by force.",
            Request = typeof(MovedRequest),
            RequestExample = """{ "to": "https://tally.example.com" }""",
            Answer = typeof(StandingAnswer),
            AnswerExample =
                """
                {
                  "phase": "moved", "since": "2026-11-22T10:25:00+00:00", "reason": "maintenance of the store",
                  "movedTo": "https://tally.example.com"
                }
                """,
            Problems = [ProblemCode.InvalidBody, ProblemCode.TenantStanding],
        },
    ];
}
