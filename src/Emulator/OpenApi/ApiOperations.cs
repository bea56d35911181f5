using Tally.Emulator.Admin;
using Tally.Emulator.Exchange;

namespace Tally.Emulator.OpenApi;

/// <summary>Every endpoint of the emulator's own. A part that maps others adds a list of its own here.</summary>
internal static class ApiOperations
{
    private const string ClockExample = """{"now":"2026-11-23T10:30:00+00:00","isSet":true,"isRunning":false}""";

    private const string FaultsExample =
        """
        {"callsPerSecond":10,"errorRate":0.3,"loseAnswerRate":0.1,"unprocessedRate":0.2,"latencyMs":50,"seed":7}
        """;

    public static IReadOnlyList<ApiOperation> All { get; } =
    [
        .. Operating, .. Looking, .. Catalogue, .. AgreementOperations.All, .. KeyOperations.All,
        .. NotificationOperations.All,
    ];

    private static AdminJson Json => AdminJson.Default;

    private static IEnumerable<ApiOperation> Operating =>
    [
        new("GET", "/_emulator/health", "Answers when the emulator accepts calls.")
        {
            ResponseMediaType = "text/plain",
            ResponseExample = "ok",
        },
        new ApiOperation("GET", "/_emulator/faults", "What goes wrong on purpose.")
            .Gives(Json.FaultPlan, FaultsExample),
        new ApiOperation("PUT", "/_emulator/faults", "Sets it, and starts its sequence anew.")
            .Takes(Json.FaultPlan, FaultsExample).Gives(Json.FaultPlan, FaultsExample),
        new ApiOperation("GET", "/_emulator/clock", "The clock by which the service judges.")
            .Gives(Json.ClockReply, ClockExample),
        new ApiOperation("PUT", "/_emulator/clock", "Sets it; without a moment it is given back to the system.")
            .Takes(Json.ClockRequest, """{"now":"2026-11-23T10:30:00Z","isRunning":false}""")
            .Gives(Json.ClockReply, ClockExample),
        new ApiOperation("GET", "/_emulator/open-points", "What AWS leaves open, as it is decided here.")
            .Gives(Json.OpenPoints, """{"flushMinutes":60}"""),
        new ApiOperation("PUT", "/_emulator/open-points", "Decides it; what is left out is the default.")
            .Takes(Json.OpenPoints, """{"flushMinutes":60}""").Gives(Json.OpenPoints, """{"flushMinutes":60}"""),
        new("POST", "/_emulator/reset", "Forgets everything but the products of the options.") { Status = 204 },
        new ApiOperation("GET", "/_emulator/export", "Everything that is remembered, as one document.")
            .Gives(ExportJson.Default.ExportDocument, """{"format":"tally-marketplace-emulator","version":1}"""),
        new ApiOperation("POST", "/_emulator/import", "Replaces everything by such a document, or changes nothing.")
        {
            Status = 204,
        }.Takes(
            ExportJson.Default.ExportDocument,
            """
            {"format":"tally-marketplace-emulator","version":1,"period":"01:00:00",
             "openPoints":{},"documents":{},"records":[]}
            """),
        new("GET", "/_emulator", "The page with everything to see and to set.") { ResponseMediaType = "text/html" },
        new("POST", "/_emulator/forms/{name}", "Carries out a form of the page, and sends the browser back to it.")
        {
            Status = StatusCodes.Status303SeeOther,
            Errors = [400, 403, 404],
        },
        new("GET", "/_emulator/openapi.json", "This document.") { ResponseMediaType = "application/json" },
    ];

    private static IEnumerable<ApiOperation> Looking =>
    [
        new ApiOperation("GET", "/_emulator/records", "All accepted records in their order, streamed.")
        {
            Query =
            [
                ("product", "Those of this product code."), ("customer", "Those of this identifier or account id."),
                ("account", "Those of products of this seller's account."), ("region", "Those metered in this region."),
            ],
        }.Gives(
            Json.IReadOnlyListMeteredRecord,
            """
            [{"productCode":"prod-1","customerIdentifier":"cust-1","dimension":"api_calls",
              "timestamp":"2026-11-23T10:00:00Z","quantity":3,"meteringRecordId":"5f0c7f1e-7a52-4f0b-8a0e-0f2f3b2f5f11",
              "accountId":"000000000000","region":"us-east-1"}]
            """),
        new ApiOperation("GET", "/_emulator/calls", "The last 1000 calls to the service, with their answers.")
        {
            Query =
            [
                ("operation", "Those of this operation."), ("account", "Those of this account."),
                ("error", "Those with this error; 'any' or 'none'."),
            ],
        }.Gives(
            Json.IReadOnlyListRecordedCall,
            """
            [{"time":"2026-11-23T10:30:00+00:00","accountId":"000000000000","region":"us-east-1",
              "operation":"BatchMeterUsage","status":200,"error":null,"records":1,
              "requestId":"0d6e7f7e-58bb-4d3a-8f3f-1d3c1c1d2c11","request":"{}","answer":"{}"}]
            """),
    ];

    private static IEnumerable<ApiOperation> Catalogue =>
    [
        new ApiOperation("PUT", "/_emulator/products/{code}", "Declares a product, or changes it.")
        {
            Status = 204,
            Query = [("account", "The seller's account; 000000000000 when it is left out.")],
        }.Takes(
            Json.ProductDeclaration,
            """{"dimensions":["api_calls"],"openToAll":false,"customers":{"cust-1":"subscribed"}}"""),
        new ApiOperation("POST", "/_emulator/tokens", "Issues a registration token.")
            .Takes(Json.TokenRequest, """{"productCode":"prod-1","customerIdentifier":"cust-1"}""")
            .Gives(
                Json.TokenReply,
                """{"token":"qf0cXn2o","expiresAt":"2026-11-23T14:30:00+00:00"}""",
                StatusCodes.Status201Created),
    ];
}
