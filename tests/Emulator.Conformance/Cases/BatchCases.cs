using System.Text.Json.Nodes;
using static Tally.Emulator.Conformance.Cases.Say;

namespace Tally.Emulator.Conformance.Cases;

/// <summary>What a batch may hold, and how its records are named.</summary>
internal static class BatchCases
{
    private const string OneOf = "Exactly one of customerIdentifier and customerAWSAccountId must be given";
    private static readonly string Text255 = new('c', 255);
    private static readonly string Text256 = new('c', 256);

    public static IEnumerable<Case> All => [.. Envelope, .. Customers, .. Dimensions, .. Quantities, .. Licenses];

    private static IEnumerable<Case> Envelope =>
    [
        new("batch.records.none", "A batch may be empty.", Model, Batch(Gives())),
        new("batch.records.25", "A batch has up to 25 records.", Model, Batch(Gives(Successes(25)), Many(25))),
        new("batch.records.26", "More than 25 records are refused.", Model, Batch(
            Invalid("'[26 records]'", "usageRecords", "Member must have length less than or equal to 25"), Many(26))),
        new("batch.records.missing", "UsageRecords is required.", Model, new Step(
            "BatchMeterUsage",
            new JsonObject { ["ProductCode"] = "prod-1" },
            Invalid("null", "usageRecords", "Member must not be null"))),
        new("batch.product.unknown", "The product code must be one of the seller's.", Model,
            BatchOf("prod-9", Fails("InvalidProductCodeException"), Record())),
        new("batch.product.pattern", "A product code has only letters, digits and -/=:_.@.", Model, BatchOf(
            "prod 1",
            Invalid("'prod 1'", "productCode", "Member must satisfy regular expression pattern: ^[-a-zA-Z0-9/=:_.@]*$"),
            Record())),
        new("batch.product.length", "A product code has at most 255 characters.", Model, BatchOf(
            Text256, Invalid($"'{Text256}'", "productCode", "Member must have length less than or equal to 255"),
            Record())),
        new("batch.product.missing", "Without licences the product code is needed.", Model,
            BatchOf(null, Fails("InvalidProductCodeException"), Record())),
        new("batch.region.disabled", "A product's API is enabled only in its regions.", Model,
            BatchOf("prod-eu", Fails("DisabledApiException"), Record())),
        new("batch.region.enabled", "In its regions it is.", Model, BatchOf("prod-eu", Gives("Success"), Record()))
        {
            Region = "eu-west-1",
        },
        new("batch.atomic", "One bad record refuses the call, and nothing of it is stored.", Guide,
            Batch(Fails("InvalidUsageDimensionException"), Record(), Record(("Dimension", "none"))),
            Batch(Gives("Success"), Record(("Quantity", 9)))),
    ];

    private static IEnumerable<Case> Customers =>
    [
        new("batch.customer.identifier", "A customer is named by identifier.", Model,
            Batch(Gives("Success"), Record())),
        new("batch.customer.account", "A customer is named by AWS account.", Model, Batch(
            Gives("Success"), Record(("CustomerIdentifier", null), ("CustomerAWSAccountId", Buyer)))),
        new("batch.customer.both", "Not by both.", Model, Batch(
            Invalid($"'cust-1, {Buyer}'", "usageRecords.1.member", OneOf), Record(("CustomerAWSAccountId", Buyer)))),
        new("batch.customer.neither", "And not by neither.", Model, Batch(
            Invalid("null", "usageRecords.1.member", OneOf), Record(("CustomerIdentifier", null)))),
        new("batch.customer.empty", "An empty identifier refuses the call.", Model,
            Batch(Fails("InvalidCustomerIdentifierException"), Record(("CustomerIdentifier", "")))),
        new("batch.customer.255", "An identifier has up to 255 characters.", Model,
            Batch(Gives("CustomerNotSubscribed"), Record(("CustomerIdentifier", Text255)))),
        new("batch.customer.256", "One of 256 is refused.", Model, Batch(
            Invalid(
                $"'{Text256}'",
                "usageRecords.1.member.customerIdentifier",
                "Member must have length less than or equal to 255"),
            Record(("CustomerIdentifier", Text256)))),
        new("batch.customer.account.pattern", "An account id has only digits.", Model, Batch(
            Invalid(
                "'12a'",
                "usageRecords.1.member.customerAWSAccountId",
                "Member must satisfy regular expression pattern: ^[0-9]+$"),
            Record(("CustomerIdentifier", null), ("CustomerAWSAccountId", "12a")))),
        new("batch.customer.unknown", "An unknown customer is CustomerNotSubscribed, and the others are stored.", Model,
            Batch(Gives("CustomerNotSubscribed", "Success"), Record(("CustomerIdentifier", "nobody")), Record())),
        new("batch.customer.unsubscribed", "So is one who unsubscribed.", Model,
            Batch(Gives("CustomerNotSubscribed"), Record(("CustomerIdentifier", "gone")))),
        new("batch.customer.new-integration", "Newer products don't take customer identifiers.", Model,
            BatchOf("prod-new", Fails("InvalidCustomerIdentifierException"), Record())),
    ];

    private static IEnumerable<Case> Dimensions =>
    [
        new("batch.dimension.case", "Dimensions are case-sensitive.", Guide,
            Batch(Fails("InvalidUsageDimensionException"), Record(("Dimension", "API_CALLS")))),
        new("batch.dimension.missing", "A dimension is required.", Model, Batch(
            Invalid("null", "usageRecords.1.member.dimension", "Member must not be null"),
            Record(("Dimension", null)))),
        new("batch.dimension.empty", "It has at least one character.", Model, Batch(
            Invalid("''", "usageRecords.1.member.dimension", "Member must have length greater than or equal to 1"),
            Record(("Dimension", "")))),
        new("batch.dimension.256", "And at most 255.", Model, Batch(
            Invalid(
                $"'{Text256}'", "usageRecords.1.member.dimension", "Member must have length less than or equal to 255"),
            Record(("Dimension", Text256)))),
    ];

    private static IEnumerable<Case> Quantities =>
    [
        new("batch.quantity.zero", "Zero is a quantity.", Model, Batch(Gives("Success"), Record(("Quantity", 0)))),
        new("batch.quantity.missing", "Without a quantity it is zero.", Model,
            Batch(Gives("Success"), Record(("Quantity", null))),
            Batch(GivesAgain("Success", 0), Record(("Quantity", 0)))),
        new("batch.quantity.max", "The largest is 2147483647.", Model,
            Batch(Gives("Success"), Record(("Quantity", int.MaxValue)))),
        new("batch.quantity.negative", "It isn't negative.", Model, Batch(
            Invalid(
                "'-1'", "usageRecords.1.member.quantity", "Member must have value greater than or equal to 0"),
            Record(("Quantity", -1)))),
    ];

    private static IEnumerable<Case> Licenses =>
    [
        new("batch.license", "With licences the product code may be left out.", Model,
            BatchOf(null, Gives("Success"), Licensed())),
        new("batch.license.and-product", "Both may be given.", Model, Batch(Gives("Success"), Licensed())),
        new("batch.license.unknown", "A licence must be known.", Guide, BatchOf(
            null, Fails("InvalidLicenseException"), Licensed(("LicenseArn", ForeignLicense)))),
        new("batch.license.other-customer", "And the customer's.", Guide, Batch(
            Fails("InvalidLicenseException"), Licensed(("CustomerAWSAccountId", "123123123123")))),
        new("batch.license.two-products", "Licences of two products are refused together.", Guide, BatchOf(
            null, Fails("InvalidLicenseException"), Licensed(), Licensed(("LicenseArn", OtherLicense)))),
        new("batch.license.pattern", "A licence is an ARN.", Model, Batch(
            Fails(
                "ValidationException",
                "1 validation error detected: Value 'l-1' at 'usageRecords.1.member.licenseArn'"),
            Licensed(("LicenseArn", "l-1")))),
        new("batch.license.needed", "Newer products need it.", Model, BatchOf(
            "prod-new", Fails("InvalidLicenseException"), Licensed(("LicenseArn", null)))),
    ];

    private static JsonObject[] Many(int count) =>
        [.. Enumerable.Range(0, count).Select(hour => Record(("Dimension", hour % 2 == 0 ? "api_calls" : "gb_hours"),
            ("Timestamp", World.Today.Now.AddHours(-(hour / 2)).ToUnixTimeSeconds())))];

    private static string[] Successes(int count) => [.. Enumerable.Repeat("Success", count)];
}
