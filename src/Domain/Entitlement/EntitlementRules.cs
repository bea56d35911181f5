namespace Tally.Domain.Entitlement;

/// <summary>
/// What AWS's answers to RegisterUsage and MeterUsage say about whether the buyer may use the product.
/// </summary>
public static class EntitlementRules
{
    /// <summary>The code with which a registration is refused here, as its signature isn't AWS's.</summary>
    public const string BadSignature = "InvalidRegistrationSignature";

    /// <summary>Judges an error.</summary>
    /// <param name="code">AWS's error code; null or empty when there was no answer that could be read.</param>
    /// <returns>
    /// The verdict. Only what AWS says about buyer, product, region or platform is a refusal; credentials, limits and
    /// failures say nothing.
    /// </returns>
    /// <remarks>
    /// Source: the service model, RegisterUsage and MeterUsage. A dry run that may be ends in the error
    /// DryRunOperation, and one that may not in UnauthorizedException; MeterUsage, DryRun.
    /// </remarks>
    public static EntitlementVerdict Judge(string? code) => code switch
    {
        "DryRunOperation" => EntitlementVerdict.Entitled,
        "CustomerNotEntitledException" or "UnauthorizedException" or "PlatformNotSupportedException"
            or "InvalidProductCodeException" or "InvalidRegionException" or "InvalidEndpointRegionException"
            or "InvalidPublicKeyVersionException" or "DisabledApiException" or BadSignature =>
            EntitlementVerdict.NotEntitled,
        _ => EntitlementVerdict.Unknown,
    };
}
