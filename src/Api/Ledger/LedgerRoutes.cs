using Tally.Api.Errors;
using Tally.Api.Hosting;
using Tally.Contracts.Tenants;

namespace Tally.Api.Ledger;

/// <summary>Where the ledger is, and what is said of it.</summary>
internal static class LedgerRoutes
{
    private const string Tag = "Records";

    private const string Narrowing =
        "Lines can be asked for by `customer`, `dimension` (what events named), `meteringRecordId`, the hours that "
        + "start at `from` or later and before `to`, and `kind`: `sealed`, `submitted`, `answered`, `delivered`, "
        + "`parked`, `released`, `corrected`, `quarantined`, `written_off`, `expired`, `held` or `shadowed`.";

    private const string Example =
        """
        {
          "sequence": 4, "at": "2026-11-22T11:05:02.123456+00:00", "kind": "delivered", "customer": "cust-1",
          "dimension": "api_calls", "hourStart": "2026-11-22T10:00:00+00:00", "awsDimension": "api_calls",
          "timestamp": "2026-11-22T10:59:59+00:00", "quantity": 1000, "customerIdentifier": "ifAPi5AcF3",
          "meteringRecordId": "1c4a0c4a-6a8e-4d4c-9c5c-3c1f6e8d7a11", "code": "Success"
        }
        """;

    private static readonly IReadOnlyList<ProblemCode> Problems =
        [ProblemCode.InvalidParameter, ProblemCode.UnknownProduct, ProblemCode.NoLedger];

    /// <summary>Lists the operations.</summary>
    /// <param name="ledger">What shows the ledger.</param>
    /// <returns>The operations.</returns>
    public static IEnumerable<ApiOperation> Of(LedgerOperations ledger) =>
    [
        new("ListLedger", "GET", "/v1/products/{product}/ledger", ApiScopes.Read, ledger.List)
        {
            Tag = Tag,
            Summary = "Show what happened to the records",
            Description =
                "Lists the lines of the product's ledger in the order in which they were written, `limit` (1 to 1000; "
                + "100 when left out) behind the `sequence` in `after`. There is more while it has a `next`. A line "
                + "is never changed and never taken back. " + Narrowing,
            Query = [.. LedgerQuestion.Members, "after", "limit"],
            Answer = typeof(LedgerAnswer),
            AnswerExample = $$"""{ "lines": [{{Example}}], "next": 4 }""",
            Problems = Problems,
        },
        new("ExportLedger", "GET", "/v1/products/{product}/ledger/export", ApiScopes.Read, ledger.Export)
        {
            Tag = Tag,
            Summary = "Export what happened to the records",
            Description =
                "Hands out all such lines as one file: CSV with a header (`format=csv`, when left out), or one JSON "
                + "object in each line (`format=jsonl`). Should it fail on the way, the connection is cut. "
                + Narrowing,
            Query = ["format", .. LedgerQuestion.Members],
            Problems = Problems,
        },
    ];
}
