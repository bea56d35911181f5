using Tally.Emulator.Wire;

namespace Tally.Emulator.Rules;

// The operations that software calls in its buyer's account.
internal static partial class Constraints
{
    private const int ClientTokenLengthMax = 64;

    public static ServiceError? Check(MeterUsageRequest request, AcceptanceRules rules, OpenPoints openPoints)
    {
        var found = new Violations(openPoints.ConstraintError);
        CheckProductCode(found, request.ProductCode, rules);
        if (request.Timestamp is null) found.Null("timestamp");
        if (request.UsageDimension is { } dimension) CheckLength(found, dimension, "usageDimension", 1);
        else found.Null("usageDimension");
        if (request.UsageQuantity is < 0 and var quantity) found.TooSmall(quantity, "usageQuantity", 0);
        CheckAllocations(found, request.UsageAllocations, "usageAllocations");
        if (request.ClientToken is { } token)
        {
            if (token.Length == 0) found.TooShort(token, "clientToken", 1);
            if (token.Length > ClientTokenLengthMax) found.TooLong(token, "clientToken", ClientTokenLengthMax);
        }

        return found.ToError();
    }

    public static ServiceError? Check(RegisterUsageRequest request, AcceptanceRules rules, OpenPoints openPoints)
    {
        var found = new Violations(openPoints.ConstraintError);
        CheckProductCode(found, request.ProductCode, rules);
        if (request.PublicKeyVersion is not { } version) found.Null("publicKeyVersion");
        else if (version < 1) found.TooSmall(version, "publicKeyVersion", 1);
        if (request.Nonce is { } nonce) CheckLength(found, nonce, "nonce", 0);
        return found.ToError();
    }

    /// <summary>What <c>MeterUsage</c> needs for a product of which many records an hour add up.</summary>
    public static ServiceError? CheckHasToken(MeterUsageRequest request, OpenPoints openPoints)
    {
        if (request.ClientToken is not null) return null;
        var found = new Violations(openPoints.ConstraintError);
        found.Null("clientToken");
        return found.ToError();
    }

    private static void CheckProductCode(Violations found, string? code, AcceptanceRules rules)
    {
        if (code is null)
        {
            found.Null("productCode");
            return;
        }

        CheckLength(found, code, "productCode", rules.HasAccounts ? 0 : 1);
        if (!ProductCode().IsMatch(code)) found.Mismatch(code, "productCode", ProductCodeText);
    }
}
