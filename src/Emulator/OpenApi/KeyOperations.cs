using Tally.Emulator.Admin;

namespace Tally.Emulator.OpenApi;

/// <summary>The endpoints of the keys with which registrations are signed.</summary>
internal static class KeyOperations
{
    private const string KeyExample = """{"version":2,"createdAt":"2026-11-23T10:30:00+00:00","rotatesAt":null}""";

    public static IEnumerable<ApiOperation> All =>
    [
        OfProduct("GET", "/_emulator/keys", "Every version of a product's key, the oldest first.")
            .Gives(Json.IReadOnlyListKeyReply, $"[{KeyExample}]"),
        OfProduct("POST", "/_emulator/keys", "Makes the next version of a product's key.")
            .Takes(Json.KeyRotationRequest, """{"rotatesAt":"2026-12-01T00:00:00Z"}""", 404)
            .Gives(Json.KeyReply, KeyExample, StatusCodes.Status201Created) with { IsRequestOptional = true },
        OfProduct("GET", "/_emulator/keys/{version}", "The public half of one version, in PEM.") with
        {
            ResponseMediaType = "application/x-pem-file",
        },
    ];

    private static AdminJson Json => AdminJson.Default;

    private static ApiOperation OfProduct(string method, string path, string summary) => new(method, path, summary)
    {
        Query =
        [
            ("product", "The product code; required."),
            ("account", "The seller's account; 000000000000 when it is left out."),
        ],
        Errors = [404],
    };
}
