using System.Text.RegularExpressions;
using Tally.Emulator.Wire;

namespace Tally.Emulator.Rules;

/// <summary>
/// The constraints of the service's model (API version 2016-01-14, as of July 2026): what is required, lengths, ranges
/// and patterns. Those of tags are in <see cref="Allocations"/>, as AWS has exceptions of their own for them.
/// </summary>
internal static partial class Constraints
{
    /// <summary>A request must be smaller than this, keys included.</summary>
    public const int RequestBytesMax = 1024 * 1024;

    public const int RecordsMax = 25;
    private const int NameLengthMax = 255;
    private const string ProductCodeText = "^[-a-zA-Z0-9/=:_.@]*$";
    private const string AccountIdText = "^[0-9]+$";
    private const string LicenseArnText =
        "^arn:aws[a-zA-Z-]*:[A-Za-z0-9][A-Za-z0-9_/.-]{0,62}:[A-Za-z0-9_/.-]{0,63}:[A-Za-z0-9_/.-]{0,63}:"
        + "[A-Za-z0-9][A-Za-z0-9:_/+=,@.-]{0,1023}$";

    public static bool IsProductCode(string text) => text.Length <= NameLengthMax && ProductCode().IsMatch(text);

    public static bool IsAccountId(string? text) => text is { Length: <= NameLengthMax } && AccountId().IsMatch(text);

    public static bool IsLicenseArn(string text) => LicenseArn().IsMatch(text);

    public static ServiceError? Check(BatchMeterUsageRequest request, AcceptanceRules rules, OpenPoints openPoints)
    {
        var found = new Violations(openPoints.ConstraintError);
        if (request.ProductCode is not null || !rules.HasAccounts)
            CheckProductCode(found, request.ProductCode, rules);

        if (request.UsageRecords is not { } records)
        {
            found.Null("usageRecords");
            return found.ToError();
        }

        if (records.Count == 0 && openPoints.EmptyBatchIsAnError) found.TooShort("[]", "usageRecords", 1);

        if (records.Count > RecordsMax) found.TooLong($"[{records.Count} records]", "usageRecords", RecordsMax);
        foreach (var (index, record) in records.Index())
        {
            var path = $"usageRecords.{index + 1}.member";
            if (rules.HasAccounts) CheckCustomer(found, record, path, openPoints);
            else CheckIdentifier(found, record, path);
            CheckRecord(found, record, path);
        }

        return found.ToError();
    }

    public static ServiceError? Check(ResolveCustomerRequest request, OpenPoints openPoints)
    {
        var found = new Violations(openPoints.ConstraintError);
        if (request.RegistrationToken is null) found.Null("registrationToken");
        if (request.RegistrationToken is { Length: 0 } empty)
            found.Mismatch(empty, "registrationToken", @"[\s\S]+");
        return found.ToError();
    }

    private static void CheckRecord(Violations found, UsageRecord record, string path)
    {
        if (record.Timestamp is null) found.Null($"{path}.timestamp");
        if (record.Dimension is { } dimension) CheckLength(found, dimension, $"{path}.dimension", 1);
        else found.Null($"{path}.dimension");
        if (record.Quantity is < 0 and var quantity) found.TooSmall(quantity, $"{path}.quantity", 0);
        if (record.LicenseArn is { } arn && !IsLicenseArn(arn))
            found.Mismatch(arn, $"{path}.licenseArn", LicenseArnText);
        CheckAllocations(found, record.UsageAllocations, $"{path}.usageAllocations");
    }

    private static void CheckCustomer(Violations found, UsageRecord record, string path, OpenPoints openPoints)
    {
        if (record.CustomerIdentifier is null == record.CustomerAWSAccountId is null && !openPoints.AcceptsAnyIdentity)
        {
            var given = record.CustomerIdentifier is null
                ? null
                : $"{record.CustomerIdentifier}, {record.CustomerAWSAccountId}";
            found.Add(given, path, "Exactly one of customerIdentifier and customerAWSAccountId must be given");
        }

        if (record.CustomerIdentifier is { } identifier)
            CheckLength(found, identifier, $"{path}.customerIdentifier", 0);
        if (record.CustomerAWSAccountId is not { } account) return;
        CheckLength(found, account, $"{path}.customerAWSAccountId", 1);
        if (!AccountId().IsMatch(account)) found.Mismatch(account, $"{path}.customerAWSAccountId", AccountIdText);
    }

    private static void CheckIdentifier(Violations found, UsageRecord record, string path)
    {
        if (record.CustomerIdentifier is { } identifier)
            CheckLength(found, identifier, $"{path}.customerIdentifier", 1);
        else
            found.Null($"{path}.customerIdentifier");
    }

    private static void CheckAllocations(
        Violations found,
        IReadOnlyList<UsageAllocation>? allocations,
        string path)
    {
        if (allocations is null) return;
        if (allocations.Count == 0) found.TooShort("[]", path, 1);
        foreach (var (index, allocation) in allocations.Index())
            CheckAllocation(found, allocation, $"{path}.{index + 1}.member");
    }

    private static void CheckAllocation(Violations found, UsageAllocation allocation, string path)
    {
        if (allocation.AllocatedUsageQuantity is null) found.Null($"{path}.allocatedUsageQuantity");
        if (allocation.AllocatedUsageQuantity is < 0 and var quantity)
            found.TooSmall(quantity, $"{path}.allocatedUsageQuantity", 0);
        if (allocation.Tags is { Count: 0 }) found.TooShort("[]", $"{path}.tags", 1);
        foreach (var (index, tag) in (allocation.Tags ?? []).Index())
        {
            if (tag.Key is null) found.Null($"{path}.tags.{index + 1}.member.key");
            if (tag.Value is null) found.Null($"{path}.tags.{index + 1}.member.value");
        }
    }

    private static void CheckLength(Violations found, string value, string path, int lengthMin)
    {
        if (value.Length < lengthMin) found.TooShort(value, path, lengthMin);
        if (value.Length > NameLengthMax) found.TooLong(value, path, NameLengthMax);
    }

    [GeneratedRegex(@"^[-a-zA-Z0-9/=:_.@]*\z", RegexOptions.CultureInvariant)]
    private static partial Regex ProductCode();

    [GeneratedRegex(@"^[0-9]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex AccountId();

    [GeneratedRegex(
        @"^arn:aws[a-zA-Z-]*:[A-Za-z0-9][A-Za-z0-9_/.-]{0,62}:[A-Za-z0-9_/.-]{0,63}:[A-Za-z0-9_/.-]{0,63}:"
        + @"[A-Za-z0-9][A-Za-z0-9:_/+=,@.-]{0,1023}\z",
        RegexOptions.CultureInvariant)]
    private static partial Regex LicenseArn();
}
