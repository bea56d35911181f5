using Tally.Emulator.Catalogue;
using Tally.Emulator.Signatures;
using Tally.Emulator.Wire;

namespace Tally.Emulator.Rules;

/// <summary>
/// Checks a batch whole: one bad record refuses the call, and nothing of it is stored. Records are looked at in their
/// order, and the rules within a record in the order written here.
/// </summary>
internal sealed class BatchCheck(SellerCatalogue catalogue, RuleBook book, Caller caller, DateTimeOffset now)
{
    private OpenPoints OpenPoints => book.OpenPoints;

    /// <summary>Either the error, or every record of the batch in its order.</summary>
    public (ServiceError? Error, IReadOnlyList<CheckedUsage> Usages) Check(BatchMeterUsageRequest request)
    {
        if (!book.Rules.HasAccounts) request = request.WithoutAccounts();
        if (Constraints.Check(request, book.Rules, OpenPoints) is { } broken) return (broken, []);
        var records = request.UsageRecords ?? [];
        var (notFound, product) = FindProduct(request.ProductCode, records);
        if (notFound is not null) return (notFound, []);
        if (product is null) return (null, []);
        if (!product.IsEnabledIn(caller.Region)) return (Disabled(product), []);

        var usages = new List<CheckedUsage>(records.Count);
        foreach (var record in records)
        {
            var (error, usage) = CheckRecord(product, request, record);
            if (error is not null) return (error, []);
            usages.Add(usage!);
        }

        return (CheckTogether(usages), usages);
    }

    /// <summary>
    /// The product that is named, or else the one whose licences the records name: each of them has to name one, known
    /// and of that product.
    /// </summary>
    private (ServiceError? Error, Product? Product) FindProduct(string? code, IReadOnlyList<UsageRecord> records)
    {
        if (!string.IsNullOrEmpty(code))
        {
            return catalogue.FindProduct(caller.AccountId, code) is { } named
                ? (null, named)
                : (InvalidProductCode($"The product code '{code}' does not match a product of this seller."), null);
        }

        Product? product = null;
        foreach (var record in records)
        {
            if (record.LicenseArn is not { } arn)
                return (InvalidProductCode("A record without a license needs a product code in the request."), null);
            if (catalogue.FindLicense(caller.AccountId, arn) is not { } license) return (InvalidLicense(arn), null);
            product ??= catalogue.FindProduct(caller.AccountId, license.ProductCode);
            if (!string.Equals(license.ProductCode, product?.Code, StringComparison.Ordinal))
                return (InvalidLicense(arn), null);
        }

        return (null, product);
    }

    private (ServiceError? Error, CheckedUsage? Usage) CheckRecord(
        Product product,
        BatchMeterUsageRequest request,
        UsageRecord record)
    {
        if (CheckCustomer(product, record) is { } badCustomer) return (badCustomer, null);
        if (CheckLicense(product, request, record) is { } badLicense) return (badLicense, null);
        if (!product.HasDimension(record.Dimension!)) return (InvalidDimension(product, record.Dimension!), null);
        if (EpochSeconds.ToTime(record.Timestamp!.Value) is not { } timestamp
            || !AcceptanceWindow.OfBatch(book.Rules, book.Period, OpenPoints).Accepts(timestamp, now))
        {
            return (OutOfBounds(record.Timestamp.Value), null);
        }

        if (LicenseOf(record) is { } license && !license.IsActiveAt(timestamp))
            return (InvalidLicense(license.Arn), null);
        if (Allocations.Check(record.UsageAllocations, record.Quantity, book.Rules, OpenPoints) is { } badAllocation)
            return (badAllocation, null);
        var key = KeyOf(product, record, timestamp);
        return (null, new CheckedUsage(record, key, timestamp, IsSubscribed(product, record)));
    }

    private ServiceError? CheckCustomer(Product product, UsageRecord record)
    {
        if (record.CustomerIdentifier is { Length: 0 }) return InvalidCustomer("The customer identifier is empty.");
        if (record.CustomerIdentifier is { } identifier && product.HasConcurrentAgreements)
            return InvalidCustomer($"'{identifier}': this product's customers are named by account and license.");
        var isUnknown = !product.OpenToAll
            && catalogue.FindSubscription(product.AccountId, product.Code, record.Customer) is null
            && LicenseOf(record) is null;
        return isUnknown && OpenPoints.UnknownCustomerIsAnError
            ? InvalidCustomer($"The customer identifier '{record.Customer}' is invalid.")
            : null;
    }

    /// <summary>
    /// A licence must be of this product and account. One that nobody declared passes in a product that is open to all.
    /// </summary>
    private ServiceError? CheckLicense(Product product, BatchMeterUsageRequest request, UsageRecord record)
    {
        if (record.LicenseArn is not { } arn)
        {
            return product.HasConcurrentAgreements
                ? new("InvalidLicenseException", "A record of this product must name its customer's license.")
                : null;
        }

        if (OpenPoints.LicenseExcludesProductCode && !string.IsNullOrEmpty(request.ProductCode))
        {
            return ServiceError.Validation(
                "1 validation error detected: productCode and licenseArn exclude each other");
        }

        if (LicenseOf(record) is not { } license) return product.OpenToAll ? null : InvalidLicense(arn);
        var isOfProduct = string.Equals(license.ProductCode, product.Code, StringComparison.Ordinal);
        var isOfCustomer = record.CustomerAWSAccountId is not { } account
            || string.Equals(license.AccountId, account, StringComparison.Ordinal);
        return isOfProduct && isOfCustomer ? null : InvalidLicense(arn);
    }

    /// <summary>What only shows when all records of the call are looked at.</summary>
    private ServiceError? CheckTogether(IReadOnlyList<CheckedUsage> usages)
    {
        if (OpenPoints.RepeatInBatchIsAnError && usages.DistinctBy(usage => usage.Key).Count() != usages.Count)
            return ServiceError.Validation("1 validation error detected: two usage records are of one customer, "
                + "dimension and hour");
        if (OpenPoints.AcceptsSeveralLicensesOfBuyer) return null;
        return usages.Where(usage => usage.Sent.LicenseArn is not null)
            .GroupBy(usage => usage.Sent.Customer, usage => usage.Sent.LicenseArn!, StringComparer.Ordinal)
            .FirstOrDefault(buyer => buyer.Distinct(StringComparer.Ordinal).Count() > 1) is { } several
            ? InvalidLicense(several.Last())
            : null;
    }

    private UsageKey KeyOf(Product product, UsageRecord record, DateTimeOffset timestamp) => new(
        product.AccountId,
        caller.Region,
        product.Code,
        CustomerKeyOf(product, record),
        record.Dimension!,
        UsageKey.BucketOf(timestamp, book.Period));

    private string CustomerKeyOf(Product product, UsageRecord record)
    {
        if (record.CustomerIdentifier is { } identifier) return $"id:{identifier}";
        var account = record.CustomerAWSAccountId ?? string.Empty;
        return OpenPoints.IdentitiesAreOne && catalogue.FindIdentifier(product.AccountId, account) is { } known
            ? $"id:{known}"
            : $"account:{account}:{record.LicenseArn}";
    }

    /// <summary>A licence under an agreement says it by itself; else the customer does.</summary>
    private bool IsSubscribed(Product product, UsageRecord record)
    {
        var license = LicenseOf(record);
        return license is { AgreementId: not null }
            ? license.AcceptsAt(now)
            : license?.AcceptsAt(now) is not false && catalogue.IsSubscribed(product, record.Customer, now);
    }

    private License? LicenseOf(UsageRecord record) =>
        record.LicenseArn is { } arn ? catalogue.FindLicense(caller.AccountId, arn) : null;

    private static ServiceError InvalidProductCode(string message) => new("InvalidProductCodeException", message);

    private static ServiceError InvalidCustomer(string message) => new("InvalidCustomerIdentifierException", message);

    private static ServiceError Disabled(Product product) => new(
        "DisabledApiException", $"The API is disabled in this region for the product '{product.Code}'.");

    private static ServiceError InvalidLicense(string arn) =>
        new("InvalidLicenseException", $"The license '{arn}' is not one of this product and customer.");

    private static ServiceError InvalidDimension(Product product, string dimension) => new(
        "InvalidUsageDimensionException",
        $"The usage dimension '{dimension}' does not match one of the dimensions of the product '{product.Code}'.");

    private ServiceError OutOfBounds(decimal timestamp) => new(
        "TimestampOutOfBoundsException",
        $"The timestamp {timestamp} is outside of the accepted time range of rule set {book.Rules.Name}.");
}
