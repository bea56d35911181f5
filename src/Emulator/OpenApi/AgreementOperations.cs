using Tally.Emulator.Admin;

namespace Tally.Emulator.OpenApi;

/// <summary>The endpoints of buyers, agreements and the fulfilment page.</summary>
internal static class AgreementOperations
{
    private const string AgreementExample =
        """
        {"id":"agmt-1","offerId":"offer-1","sellerAccountId":"000000000000","productCode":"prod-1",
         "buyerAccountId":"210987654321","customerIdentifier":"cust-1",
         "licenseArn":"arn:aws:license-manager::000000000000:license:l-1","state":"active","isFreeTrial":false,
         "acceptedAt":"2026-11-23T10:30:00+00:00","endsAt":null,"flushUntil":null}
        """;

    private const string BuyerExample =
        """{"accountId":"210987654321","customerIdentifier":"cust-1","name":"Example Corp."}""";

    public static IEnumerable<ApiOperation> All => [.. Buyers, .. Agreements, .. Fulfilment];

    private static AdminJson Json => AdminJson.Default;

    private static IEnumerable<ApiOperation> Buyers =>
    [
        new ApiOperation("GET", "/_emulator/buyers", "Every buyer, by account.")
            .Gives(Json.IReadOnlyListBuyer, $"[{BuyerExample}]"),
        new ApiOperation("PUT", "/_emulator/buyers/{accountId}", "Names a buyer, or renames one.")
            .Takes(Json.BuyerRequest, """{"customerIdentifier":"cust-1","name":"Example Corp."}""")
            .Gives(Json.Buyer, BuyerExample),
        new ApiOperation("GET", "/_emulator/notices", "What AWS told the sellers, as it came about.")
            .Gives(Json.IReadOnlyListNotice, "[]"),
    ];

    private static IEnumerable<ApiOperation> Agreements =>
    [
        new ApiOperation("GET", "/_emulator/agreements", "Every agreement, oldest first.")
            .Gives(Json.IReadOnlyListAgreement, $"[{AgreementExample}]"),
        new ApiOperation("POST", "/_emulator/agreements", "A buyer subscribes to a product.")
            .Takes(Json.AgreementRequest, """{"productCode":"prod-1","buyerAccountId":"210987654321"}""")
            .Gives(Json.Agreement, AgreementExample, StatusCodes.Status201Created),
        (new ApiOperation("GET", "/_emulator/agreements/{id}", "One agreement.") with { Errors = [404] })
            .Gives(Json.Agreement, AgreementExample),
        Step("unsubscribe", "The buyer leaves; records are accepted for the flush time still."),
        Step("resubscribe", "The buyer comes back."),
        Step("end", "The agreement ends at once."),
        Step("renew", "The agreement goes on under the same licence.")
            .Takes(Json.RenewalRequest, """{"endsAt":"2027-11-23T00:00:00Z"}""", 409) with { IsRequestOptional = true },
    ];

    private static IEnumerable<ApiOperation> Fulfilment =>
    [
        new("GET", "/_emulator/fulfillment/{agreementId}", "The page on which a buyer sets up an account.")
        {
            ResponseMediaType = "text/html",
            Errors = [404],
        },
        new("POST", "/_emulator/fulfillment/{agreementId}", "Takes a token to the seller's registration URL.")
        {
            ResponseMediaType = "text/html",
            Errors = [404, 409],
        },
        (new ApiOperation("POST", "/_emulator/agreements/{agreementId}/token", "Issues a token for its buyer.")
            with { Errors = [404] }).Gives(
                Json.TokenReply,
                """{"token":"qf0cXn2o","expiresAt":"2026-11-23T14:30:00+00:00"}""",
                StatusCodes.Status201Created),
    ];

    private static ApiOperation Step(string name, string summary) =>
        (new ApiOperation("POST", $"/_emulator/agreements/{{id}}/{name}", summary) with { Errors = [409] })
            .Gives(Json.Agreement, AgreementExample);
}
