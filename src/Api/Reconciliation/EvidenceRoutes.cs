using Tally.Api.Errors;
using Tally.Api.Hosting;
using Tally.Contracts.Tenants;

namespace Tally.Api.Reconciliation;

/// <summary>Where the ledger is compared with evidence, and what is said of it.</summary>
internal static class EvidenceRoutes
{
    private const string Example =
        """
        {
          "evidence": "cloudtrail", "from": "2026-11-01T00:00:00+00:00", "to": "2026-12-01T00:00:00+00:00",
          "by": "hour", "ignoresCustomers": false, "agrees": false,
          "summary": {
            "here": { "records": 719, "quantity": 71900 }, "there": { "records": 720, "quantity": 72000 },
            "shadowed": { "records": 0, "quantity": 0 }, "equal": 719, "different": 1,
            "kinds": { "answer_lost": 1 },
            "dimensions": [
              {
                "awsDimension": "api_calls", "here": { "records": 719, "quantity": 71900 },
                "there": { "records": 720, "quantity": 72000 }
              }
            ],
            "undelivered": { "quarantined": { "records": 1, "quantity": 100 } },
            "refused": 0, "outside": 0, "otherProducts": 0
          },
          "differences": [
            {
              "kind": "answer_lost",
              "cause": "AWS took it and the answer was lost. Never correct it: ...",
              "hourStart": "2026-11-22T10:00:00+00:00", "awsDimension": "api_calls",
              "customerIdentifier": "ifAPi5AcF3", "customer": "cust-1", "dimension": "api_calls",
              "state": "quarantined", "quantityHere": 100, "quantityThere": 100,
              "receiptsThere": ["1c4a0c4a-6a8e-4d4c-9c5c-3c1f6e8d7a11"], "lines": [1]
            }
          ],
          "truncated": false
        }
        """;

    /// <summary>Lists the operations.</summary>
    /// <param name="evidence">What compares.</param>
    /// <returns>The operations.</returns>
    public static IEnumerable<ApiOperation> Of(EvidenceOperations evidence) =>
    [
        new(
            "ReconcileWithEvidence", "POST", "/v1/products/{product}/reconciliations", ApiScopes.Admin,
            evidence.Reconcile)
        {
            Tag = "Records",
            Summary = "Compare the ledger with evidence of AWS",
            Description =
                "Compares the records of the hours from `from` to `to` (both needed; 35 days at most) with the "
                + "evidence in the body: `evidence=cloudtrail` (events of BatchMeterUsage and MeterUsage), "
                + "`seller_report` (CSV) or `emulator` (its export). Differences come by hour, dimension and buyer, "
                + "`differences` of them (1 to 10000; 1000 when left out), each with its likely cause: "
                + "`missing_in_evidence`, `answer_lost`, `other_quantity`, `other_receipt`, `unknown_here`, "
                + "`never_sent_here`, `twice_in_evidence`, `twice_here` or `in_flight`. Evidence that tells only days "
                + "or no customers is compared by sums, and so is all with `by=day` or `customers=ignore`. Nothing is "
                + "kept or changed.",
            Query = EvidenceQuestion.Members,
            Bodies = EvidenceBody.Types,
            Answer = typeof(EvidenceAnswer),
            AnswerExample = Example,
            Problems =
            [
                ProblemCode.InvalidParameter, ProblemCode.InvalidEvidence, ProblemCode.UnknownProduct,
                ProblemCode.NoLedger, ProblemCode.MalformedGzip, ProblemCode.BadRequest, ProblemCode.RequestTimeout,
                ProblemCode.BodyTooLarge, ProblemCode.UnsupportedContentType, ProblemCode.UnsupportedEncoding,
            ],
        },
    ];
}
