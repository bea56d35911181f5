using Tally.Api.Errors;
using Tally.Api.Hosting;
using Tally.Contracts.Tenants;

namespace Tally.Api.Records;

/// <summary>Where the operations on records are, and what is said of them.</summary>
internal static class RecordRoutes
{
    private const string Tag = "Records";
    private const string Path = "/v1/products/{product}/customers/{customer}/records/{dimension}/{hour}";

    private const string Example =
        """
        {
          "customer": "cust-1", "dimension": "api_calls", "hourStart": "2026-11-22T10:00:00+00:00",
          "awsDimension": "api_calls", "timestamp": "2026-11-22T10:59:59+00:00", "quantity": 1000,
          "state": "quarantined", "customerIdentifier": "ifAPi5AcF3",
          "reason": "InvalidUsageDimensionException: No such dimension. (request 35155d37-56cb-423f-8554-5c4f3e3ff56d)",
          "awsRequestId": "35155d37-56cb-423f-8554-5c4f3e3ff56d", "settledAt": "2026-11-22T11:05:02+00:00",
          "deadline": "2026-11-23T10:59:59+00:00"
        }
        """;

    private const string ActExample =
        """
        {
          "customer": "cust-1", "dimension": "api_calls", "hourStart": "2026-11-22T10:00:00+00:00",
          "awsDimension": "requests", "timestamp": "2026-11-22T10:59:59+00:00", "quantity": 1000,
          "state": "waiting", "customerIdentifier": "ifAPi5AcF3",
          "reason": "corrected by ops: renamed at AWS (before: InvalidUsageDimensionException: No such dimension.)",
          "settledAt": "2026-11-22T12:00:00+00:00"
        }
        """;

    private static readonly IReadOnlyList<ProblemCode> ActProblems =
    [
        ProblemCode.InvalidParameter, ProblemCode.InvalidBody, ProblemCode.UnknownProduct, ProblemCode.UnknownRecord,
        ProblemCode.RecordState,
    ];

    /// <summary>Lists the operations.</summary>
    /// <param name="listing">What lists records.</param>
    /// <param name="records">What changes them.</param>
    /// <returns>The operations.</returns>
    public static IEnumerable<ApiOperation> Of(RecordListing listing, RecordOperations records) =>
    [
        new("ListRecords", "GET", "/v1/products/{product}/records", ApiScopes.Read, listing.List)
        {
            Tag = Tag,
            Summary = "List the records in a state",
            Description =
                "Lists the records that are `quarantined` or, as `state` says, `waiting`, `parked`, `held`, `expired`, "
                + "`written_off` or `shadowed`. A page looks at `limit` customers (1 to 200; 50 when left out) behind "
                + "`after`, in ordinal order, or at one `customer`; so it may be empty. There is more while it has a "
                + "`next`.",
            Query = ["state", "customer", "after", "limit"],
            Answer = typeof(RecordListAnswer),
            AnswerExample = $$"""{ "records": [{{Example}}], "next": "cust-50" }""",
            Problems = [ProblemCode.InvalidParameter, ProblemCode.UnknownProduct],
        },
        new("ReleaseRecord", "POST", Path + "/release", ApiScopes.Admin, records.Release)
        {
            Tag = Tag,
            Summary = "Send a held record again",
            Description =
                "Sends a parked, quarantined or held record, as it is. Where AWS's reason still holds, it comes back. "
                + "Repeating it changes nothing. In the path, `dimension` is what the record's events named, `hour` "
                + "the start of its hour.",
            Request = typeof(ReasonRequest),
            RequestExample = """{ "reason": "The customer has subscribed again." }""",
            Answer = typeof(HeldRecordAnswer),
            AnswerExample = ActExample,
            Problems = [.. ActProblems, ProblemCode.RecordTooLate],
        },
        new("CorrectRecord", "POST", Path + "/correct", ApiScopes.Admin, records.Correct)
        {
            Tag = Tag,
            Summary = "Correct a quarantined record and send it again",
            Description =
                "Sends a quarantined record under another dimension of the product, for another buyer, or both. It "
                + "stays what it was in path and balance. Refused where the customer has another record of that "
                + "dimension and hour, as AWS keeps one. Repeating it changes nothing.",
            Request = typeof(CorrectionRequest),
            RequestExample = """{ "reason": "Renamed at AWS.", "dimension": "requests" }""",
            Answer = typeof(HeldRecordAnswer),
            AnswerExample = ActExample,
            Problems = [.. ActProblems, ProblemCode.RecordTooLate, ProblemCode.RecordCollision],
        },
        new("WriteOffRecord", "POST", Path + "/write-off", ApiScopes.Admin, records.WriteOff)
        {
            Tag = Tag,
            Summary = "Give a held record up",
            Description =
                "Writes off a parked, quarantined or held record: it is never sent, and its quantity is `writtenOff` "
                + "in the balance. Should a call that was under way have delivered it, it is `delivered`. There is no "
                + "way back. Repeating it changes nothing.",
            Request = typeof(ReasonRequest),
            RequestExample = """{ "reason": "A gift to the customer." }""",
            Answer = typeof(HeldRecordAnswer),
            AnswerExample = ActExample,
            Problems = ActProblems,
        },
    ];
}
