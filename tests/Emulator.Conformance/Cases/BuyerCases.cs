using System.Text.Json.Nodes;
using static Tally.Emulator.Conformance.Cases.Say;

namespace Tally.Emulator.Conformance.Cases;

/// <summary>Registration tokens, software in the buyer's account, faults and signatures.</summary>
internal static class BuyerCases
{
    private static readonly string Text64 = new('t', 64);
    private static readonly string Text255 = new('n', 255);

    private static readonly World Throttling = World.Today with { Faults = """{"throttleRate":1}""" };
    private static readonly World Failing = World.Today with { Faults = """{"errorRate":1}""" };
    private static readonly World Unprocessing = World.Today with { Faults = """{"unprocessedRate":1}""" };
    private static readonly World Signing = World.Today with { RequiresSignature = true };

    public static IEnumerable<Case> All =>
        [.. Tokens, .. Metering, .. Repeating, .. Registering, .. Faults, .. Signatures];

    private static IEnumerable<Case> Tokens =>
    [
        new("token.resolved", "A token says who the customer is.", Model, Resolve("$token", GivesMembers(
            ("CustomerIdentifier", "cust-1"),
            ("CustomerAWSAccountId", Buyer),
            ("LicenseArn", License),
            ("ProductCode", "prod-1")))),
        new("token.disabled", "The API is enabled only in the product's regions.", Model,
            Resolve("$euToken", Fails("DisabledApiException"))),
        new("token.again", "As often as it is asked.", Guide,
            Resolve("$token", Works()), Resolve("$token", GivesMembers(("CustomerIdentifier", "cust-1")))),
        new("token.unknown", "Any other text is no token.", Model, Resolve("nobody", Fails("InvalidTokenException"))),
        new("token.expired", "After four hours it has expired.", Guide,
            Resolve("$oldToken", Fails("ExpiredTokenException"))),
        new("token.missing", "It is required.", Model, Resolve(
            null, Invalid("null", "registrationToken", "Member must not be null"))),
        new("token.empty", "And not empty.", Model, Resolve(
            "", Invalid("''", "registrationToken", "Member must satisfy regular expression pattern: [\\s\\S]+"))),
        new("token.2020", "In 2020 there was no account in the answer.", "model of 2020",
            Resolve("$token", GivesMembers(
            ("CustomerIdentifier", "cust-1"), ("CustomerAWSAccountId", null), ("LicenseArn", null))))
        {
            World = World.Of2020,
        },
    ];

    private static IEnumerable<Case> Metering =>
    [
        new("meter", "MeterUsage stores a record.", Model, Meter(Works())),
        new("meter.product", "The product must be known.", Model,
            Meter(Fails("InvalidProductCodeException"), ("ProductCode", "prod-9"))),
        new("meter.product.missing", "It is required.", Model, Meter(
            Invalid("null", "productCode", "Member must not be null"), ("ProductCode", null))),
        new("meter.dimension", "The dimension must be the product's.", Model,
            Meter(Fails("InvalidUsageDimensionException"), ("UsageDimension", "none"))),
        new("meter.dimension.missing", "It is required.", Model, Meter(
            Invalid("null", "usageDimension", "Member must not be null"), ("UsageDimension", null))),
        new("meter.timestamp.missing", "So is the timestamp.", Model, Meter(
            Invalid("null", "timestamp", "Member must not be null"), ("Timestamp", null))),
        new("meter.six-hours", "Usage of six hours ago is accepted.", Model,
            Meter(Works(), ("Timestamp", At("2026-11-23T04:30:00Z")))),
        new("meter.older", "Older usage is not.", Model,
            Meter(Fails("TimestampOutOfBoundsException"), ("Timestamp", At("2026-11-23T04:29:59Z")))),
        new("meter.quantity", "The quantity isn't negative.", Model, Meter(
            Invalid("'-1'", "usageQuantity", "Member must have value greater than or equal to 0"),
            ("UsageQuantity", -1))),
        new("meter.tags", "Tags have the rules of BatchMeterUsage.", Model, Meter(
            Fails("InvalidTagException"), ("UsageAllocations", Split((3, ["k="]))))),
        new("meter.split", "So do allocations.", Model, Meter(
            Fails("InvalidUsageAllocationsException"), ("UsageAllocations", Split((2, ["k=v"]))))),
        new("meter.region", "The region must be one of the product's.", Model,
            Meter(Fails("InvalidEndpointRegionException"), ("ProductCode", "prod-eu"))),
        new("meter.not-entitled", "The caller must be subscribed.", Model,
            Meter(Fails("CustomerNotEntitledException"), ("ProductCode", "prod-theirs"))),
        new("meter.dry-run", "An authorised dry run ends in DryRunOperation.", Model,
            Meter(Fails("DryRunOperation"), ("DryRun", true))),
        new("meter.dry-run.unauthorised", "One that isn't authorised in UnauthorizedException.", Model,
            Meter(Fails("UnauthorizedException"), ("DryRun", true), ("ProductCode", "prod-theirs"))),
    ];

    private static IEnumerable<Case> Repeating =>
    [
        new("meter.again", "The same usage of the hour is the same record.", Model,
            Meter(Works()), Meter(GivesSameId(0), ("Timestamp", At("2026-11-23T10:00:00Z")))),
        new("meter.other-quantity", "Another quantity is DuplicateRequestException.", Model,
            Meter(Works()), Meter(Fails("DuplicateRequestException"), ("UsageQuantity", 4))),
        new("meter.token", "A ClientToken may come again with the same request.", Model,
            Meter(Works(), ("ClientToken", "t")), Meter(GivesSameId(0), ("ClientToken", "t"))),
        new("meter.token.other", "With another request it is IdempotencyConflictException.", Model,
            Meter(Works(), ("ClientToken", "t")),
            Meter(Fails("IdempotencyConflictException"), ("ClientToken", "t"), ("UsageDimension", "gb_hours"))),
        new("meter.token.64", "It has up to 64 characters.", Model, Meter(Works(), ("ClientToken", Text64))),
        new("meter.token.65", "And no more.", Model, Meter(
            Invalid($"'{Text64}t'", "clientToken", "Member must have length less than or equal to 64"),
            ("ClientToken", Text64 + "t"))),
        new("meter.agent-core", "For AgentCore requests with other tokens add up in the hour.", Model,
            Meter(Works(), ("ProductCode", "prod-agent"), ("ClientToken", "a")),
            Meter(Works(), ("ProductCode", "prod-agent"), ("ClientToken", "b"), ("UsageQuantity", 4))),
    ];

    private static IEnumerable<Case> Registering =>
    [
        new("register", "RegisterUsage gives a signature.", Model, Register(Works(result =>
            result.GetProperty("Signature").GetString()!.StartsWith("eyJhbGciOiJQUzI1Ni", StringComparison.Ordinal)
                ? null
                : "the signature is no PS256 token"))),
        new("register.no-rotation", "A key that wasn't rotated has no rotation time.", Model,
            Register(GivesMembers(("PublicKeyRotationTimestamp", null)))),
        new("register.product", "The product must be known.", Model,
            Register(Fails("InvalidProductCodeException"), ("ProductCode", "prod-9"))),
        new("register.version", "The key version must be known.", Model,
            Register(Fails("InvalidPublicKeyVersionException"), ("PublicKeyVersion", 2))),
        new("register.version.zero", "It is at least 1.", Model, Register(
            Invalid("'0'", "publicKeyVersion", "Member must have value greater than or equal to 1"),
            ("PublicKeyVersion", 0))),
        new("register.version.missing", "It is required.", Model, Register(
            Invalid("null", "publicKeyVersion", "Member must not be null"), ("PublicKeyVersion", null))),
        new("register.nonce.255", "A nonce has up to 255 characters.", Model, Register(Works(), ("Nonce", Text255))),
        new("register.nonce.256", "And no more.", Model, Register(
            Invalid($"'{Text255}n'", "nonce", "Member must have length less than or equal to 255"),
            ("Nonce", Text255 + "n"))),
        new("register.nonce.missing", "It may be left out.", Model, Register(Works(), ("Nonce", null))),
        new("register.region", "The region must be one of the product's.", Model,
            Register(Fails("InvalidRegionException"), ("ProductCode", "prod-eu"))),
        new("register.not-entitled", "The caller must be subscribed.", Model,
            Register(Fails("CustomerNotEntitledException"), ("ProductCode", "prod-theirs"))),
        new("register.platform", "It must run where the product may.", Model,
            On("laptop", Register(Fails("PlatformNotSupportedException"), ("ProductCode", "prod-ecs")))),
        new("register.platform.right", "And there it does.", Model,
            On("ecs", Register(Works(), ("ProductCode", "prod-ecs")))),
        new("register.disabled", "The API may be disabled for a product.", Model,
            Register(Fails("DisabledApiException"), ("ProductCode", "prod-nowhere"))),
    ];

    private static IEnumerable<Case> Faults =>
    [
        .. Everywhere("fault.throttled", "Too many calls are throttled, with status 400.", "ThrottlingException", 400)
            .Select(item => item with { World = Throttling }),
        .. Everywhere(
                "fault.internal", "A failure of the service has status 500.", "InternalServiceErrorException", 500)
            .Select(item => item with { World = Failing }),
        new("fault.unprocessed", "Records may be left unprocessed; none of them is stored.", Model, Batch(
            Works(result => result.GetProperty("UnprocessedRecords").GetArrayLength() == 2
                && result.GetProperty("Results").GetArrayLength() == 0
                    ? null
                    : $"expected two unprocessed records, got {result}"),
            Record(),
            Record(("Dimension", "gb_hours"))))
        {
            World = Unprocessing,
        },
    ];

    private static IEnumerable<Case> Signatures =>
    [
        new("signature", "A signed call is accepted.", "Signature Version 4", Batch(Gives("Success"), Record()))
        {
            World = Signing,
        },
        new("signature.secret", "With another secret it isn't.", "Signature Version 4",
            Batch(Fails("InvalidSignatureException"), Record()))
        {
            World = Signing,
            Secret = "another",
        },
        new("signature.key", "Nor with an access key that isn't known.", "Signature Version 4",
            Batch(
                Fails("UnrecognizedClientException", "The security token included in the request is invalid."),
                Record()))
        {
            World = Signing,
            AccessKey = "AKIDUNKNOWN",
        },
    ];

    private static IEnumerable<Case> Everywhere(string id, string rule, string code, int status) =>
    [
        new($"{id}.batch", rule, Model, Batch(Fails(code, status: status), Record())),
        new($"{id}.resolve", rule, Model, Resolve("t", Fails(code, status: status))),
        new($"{id}.meter", rule, Model, Meter(Fails(code, status: status))),
        new($"{id}.register", rule, Model, Register(Fails(code, status: status))),
    ];
}
