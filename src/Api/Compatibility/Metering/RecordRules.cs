using System.Text.RegularExpressions;
using Tally.Api.Compatibility.Wire;
using Tally.Api.Products;
using Tally.Domain.Catalogue;
using Tally.Domain.Quantities;

namespace Tally.Api.Compatibility.Metering;

/// <summary>
/// Checks a record as AWS does, and makes of it what can be counted. Every record of a call is checked before any is
/// counted. Source: the service model, and the errors that it names.
/// </summary>
internal static partial class RecordRules
{
    private const decimal TicksPerSecond = TimeSpan.TicksPerSecond;
    private const int AccountIdLengthMax = 255;
    private static readonly decimal SecondsMax = DateTimeOffset.MaxValue.ToUnixTimeSeconds();

    /// <summary>Checks who a record's customer is: by identifier, or by account id and maybe licence.</summary>
    /// <param name="record">The record.</param>
    /// <param name="path">Where it is in the call, as AWS spells it.</param>
    /// <returns>The identity, or what is wrong with it.</returns>
    public static (CustomerIdentity? Identity, AwsError? Error) IdentityOf(UsageRecord record, string path)
    {
        var identifier = string.IsNullOrEmpty(record.CustomerIdentifier) ? null : record.CustomerIdentifier;
        if ((identifier is null) == (record.CustomerAWSAccountId is null))
        {
            return (null, new(
                "InvalidCustomerIdentifierException",
                $"Value at '{path}' must have either CustomerIdentifier or CustomerAWSAccountId."));
        }

        if (identifier is not null)
        {
            return record.LicenseArn is not null
                ? (null, new("InvalidLicenseException", "A LicenseArn comes with CustomerAWSAccountId."))
                : Names.IsName(identifier) ? (new(identifier, null, null), null)
                : (null, new(
                    "InvalidCustomerIdentifierException",
                    $"Value at '{path}.customerIdentifier' must have 1 to {Names.LengthMax} printable characters."));
        }

        if (record.CustomerAWSAccountId!.Length is 0 or > AccountIdLengthMax
            || record.CustomerAWSAccountId.AsSpan().IndexOfAnyExceptInRange('0', '9') >= 0)
        {
            return (null, AwsError.Validation(
                $"{path}.customerAWSAccountId", "satisfy regular expression pattern: ^[0-9]+$"));
        }

        return record.LicenseArn is { } license && !LicenseArn().IsMatch(license)
            ? (null, new("InvalidLicenseException", $"Value at '{path}.licenseArn' is not the ARN of a licence."))
            : (new(null, record.CustomerAWSAccountId, record.LicenseArn), null);
    }

    /// <summary>Checks what a record says was used, and when.</summary>
    /// <param name="product">Its product.</param>
    /// <param name="customer">What the platform calls its customer.</param>
    /// <param name="record">The record.</param>
    /// <param name="path">Where it is in the call, as AWS spells it.</param>
    /// <returns>The record, or what is wrong with it.</returns>
    public static (MeteredRecord? Record, AwsError? Error) Read(
        CachedProduct product, string customer, UsageRecord record, string path)
    {
        if (Missing(record, path) is { } missing)
        {
            return (null, missing);
        }

        if (!product.TryFind(System.Text.Encoding.UTF8.GetBytes(record.Dimension!), out var dimension))
        {
            return (null, new(
                "InvalidUsageDimensionException",
                $"The product {product.Key.Code} does not have the dimension '{record.Dimension}'."));
        }

        if (dimension.UniqueTag is not null)
        {
            return (null, new(
                "InvalidUsageDimensionException",
                $"The dimension '{record.Dimension}' counts values of a tag; post events for it."));
        }

        if (record.Quantity is < 0)
        {
            return (null, AwsError.Validation($"{path}.quantity", "have value greater than or equal to 0"));
        }

        if (!dimension.Conversion.TryConvert((long)Quantity.OfUnits(record.Quantity ?? 0).Micros, out _, out _))
        {
            return (null, AwsError.Validation($"{path}.quantity", "be small enough for the dimension's unit"));
        }

        var (parts, uneven) = Allocations.Read(record);
        return parts is null
            ? (null, uneven)
            : record.Timestamp is < 0 || record.Timestamp > SecondsMax
            ? (null, OutOfBounds($"Value at '{path}.timestamp' is no time of usage."))
            : (new(product, dimension, customer, TicksOf(record.Timestamp!.Value)) { Parts = parts }, null);
    }

    /// <summary>A record's time isn't one that usage is taken for.</summary>
    /// <param name="message">What is wrong with it.</param>
    /// <returns>The error.</returns>
    public static AwsError OutOfBounds(string message) => new("TimestampOutOfBoundsException", message);

    private static AwsError? Missing(UsageRecord record, string path) =>
        record.Timestamp is null ? AwsError.Validation($"{path}.timestamp", "not be null")
        : record.Dimension is null ? AwsError.Validation($"{path}.dimension", "not be null")
        : record.Dimension.Length is 0 or > Names.LengthMax
        ? AwsError.Validation($"{path}.dimension", $"have length from 1 to {Names.LengthMax}")
        : null;

    private static long TicksOf(decimal seconds) =>
        DateTimeOffset.UnixEpoch.Ticks + (long)decimal.Truncate(seconds * TicksPerSecond);

    [GeneratedRegex(
        @"^arn:aws[a-zA-Z-]*:[A-Za-z0-9][A-Za-z0-9_/.-]{0,62}:[A-Za-z0-9_/.-]{0,63}:[A-Za-z0-9_/.-]{0,63}:"
        + @"[A-Za-z0-9][A-Za-z0-9:_/+=,@.-]{0,1023}\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex LicenseArn();
}
