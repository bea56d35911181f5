using Tally.Api.Errors;
using Tally.Api.Hosting;
using Tally.Contracts.Tenants;

namespace Tally.Api.Moves;

/// <summary>Where tenants are handed out and taken in, and what is said of it.</summary>
internal static class MoveRoutes
{
    private const string Tag = "Tenants";

    /// <summary>Lists the operations.</summary>
    /// <param name="moves">What does them.</param>
    /// <returns>The operations.</returns>
    public static IEnumerable<ApiOperation> Of(MoveOperations moves) =>
    [
        new("ExportTenant", "GET", "/v1/tenants/{tenant}/export", ApiScopes.Platform, moves.Export)
        {
            Tag = Tag,
            Summary = "Hand out all of a frozen tenant",
            Description =
                "JSON Lines (`application/x-ndjson`): products, customers with the event ids that are remembered, open "
                + "hours and records, the ledger, and keys by the hashes of their secrets. The last line has the "
                + "counts; a file without it isn't whole, and no import takes it.",
            Problems = [ProblemCode.UnknownTenant, ProblemCode.TenantStanding],
        },
        new("ImportTenant", "POST", "/v1/tenants/{tenant}/import", ApiScopes.Platform, moves.Import)
        {
            Tag = Tag,
            Summary = "Take in a tenant",
            Description =
                "Takes what the export of another installation gave. All of it is checked before anything is changed. "
                + "The tenant may get another name. It is frozen until it is thawed; mark it as moved where it comes "
                + "from before that. An import that was interrupted is repeated with the same file.",
            Bodies = ["application/x-ndjson"],
            Answer = typeof(ImportAnswer),
            AnswerExample =
                """
                {
                  "tenant": "acme", "export": "7f0c1de27f0c4bb9a6d1c7a9a2b3c4d5", "products": 1, "customers": 1200,
                  "ledgerLines": 90000, "keys": 2, "keysLeftOut": []
                }
                """,
            Problems =
            [
                ProblemCode.InvalidExport, ProblemCode.ExportMismatch, ProblemCode.TenantExists,
                ProblemCode.TenantStanding,
            ],
        },
    ];
}
