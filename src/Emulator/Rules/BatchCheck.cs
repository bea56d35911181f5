using Tally.Emulator.Catalogue;
using Tally.Emulator.Wire;

namespace Tally.Emulator.Rules;

/// <summary>
/// Checks a batch whole: one bad record refuses the call, and nothing of it is stored. Records are looked at in their
/// order, and the rules within a record in the order written here.
/// </summary>
internal sealed class BatchCheck(ProductCatalogue catalogue, AcceptanceRules rules, TimeSpan period, DateTimeOffset now)
{
    /// <summary>Either the error, or every record of the batch in its order.</summary>
    public (ServiceError? Error, IReadOnlyList<CheckedUsage> Usages) Check(BatchMeterUsageRequest request)
    {
        if (!rules.HasAccounts) request = request.WithoutAccounts();
        if (Constraints.Check(request, rules) is { } broken) return (broken, []);
        var records = request.UsageRecords ?? [];
        var (notFound, product) = FindProduct(request.ProductCode, records);
        if (notFound is not null) return (notFound, []);
        if (product is null) return (null, []);

        var usages = new List<CheckedUsage>(records.Count);
        foreach (var record in records)
        {
            var (error, usage) = CheckRecord(product, record);
            if (error is not null) return (error, []);
            usages.Add(usage!);
        }

        return (null, usages);
    }

    /// <summary>
    /// The product that is named, or else the one whose licences the records name: each of them has to name one, known
    /// and of that product.
    /// </summary>
    private (ServiceError? Error, Product? Product) FindProduct(string? code, IReadOnlyList<UsageRecord> records)
    {
        if (!string.IsNullOrEmpty(code))
        {
            return catalogue.Products.TryGetValue(code, out var named)
                ? (null, named)
                : (InvalidProductCode($"The product code '{code}' does not match a product of this seller."), null);
        }

        Product? product = null;
        foreach (var record in records)
        {
            if (record.LicenseArn is not { } arn)
                return (InvalidProductCode("A record without a license needs a product code in the request."), null);
            if (!catalogue.Licenses.TryGetValue(arn, out var license)) return (InvalidLicense(arn), null);
            product ??= catalogue.Products[license.ProductCode];
            if (!string.Equals(license.ProductCode, product.Code, StringComparison.Ordinal))
                return (InvalidLicense(arn), null);
        }

        return (null, product);
    }

    private (ServiceError? Error, CheckedUsage? Usage) CheckRecord(Product product, UsageRecord record)
    {
        if (record.CustomerIdentifier is { Length: 0 })
            return (new("InvalidCustomerIdentifierException", "The customer identifier is empty."), null);
        if (CheckLicense(product, record) is { } badLicense) return (badLicense, null);
        if (!product.Dimensions.Contains(record.Dimension!))
            return (InvalidDimension(product, record.Dimension!), null);
        if (EpochSeconds.ToTime(record.Timestamp!.Value) is not { } timestamp
            || !AcceptanceWindow.Accepts(rules, timestamp, now, period))
        {
            return (OutOfBounds(record.Timestamp.Value), null);
        }

        if (Allocations.Check(record) is { } badAllocation) return (badAllocation, null);
        var key = UsageKey.Of(product.Code, record, timestamp, period);
        return (null, new CheckedUsage(record, key, timestamp, product.IsSubscribed(record.Customer)));
    }

    /// <summary>
    /// A licence must be of this product and account. One that nobody declared passes in a product that is open to all.
    /// </summary>
    private ServiceError? CheckLicense(Product product, UsageRecord record)
    {
        if (record.LicenseArn is not { } arn) return null;
        if (!catalogue.Licenses.TryGetValue(arn, out var license))
            return product.OpenToAll ? null : InvalidLicense(arn);
        var isOfProduct = string.Equals(license.ProductCode, product.Code, StringComparison.Ordinal);
        var isOfCustomer = record.CustomerAWSAccountId is not { } account
            || string.Equals(license.AccountId, account, StringComparison.Ordinal);
        return isOfProduct && isOfCustomer ? null : InvalidLicense(arn);
    }

    private static ServiceError InvalidProductCode(string message) => new("InvalidProductCodeException", message);

    private static ServiceError InvalidLicense(string arn) => new(
        "InvalidLicenseException", $"The license '{arn}' is not one of this product and customer.");

    private static ServiceError InvalidDimension(Product product, string dimension) => new(
        "InvalidUsageDimensionException",
        $"The usage dimension '{dimension}' does not match one of the dimensions of the product '{product.Code}'.");

    private ServiceError OutOfBounds(decimal timestamp) => new(
        "TimestampOutOfBoundsException",
        $"The timestamp {timestamp} is outside of the accepted time range of rule set {rules.Name}.");
}
