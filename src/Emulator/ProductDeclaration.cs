using Tally.Emulator.Catalogue;
using Tally.Emulator.Rules;

namespace Tally.Emulator;

/// <summary>What the emulator is told of one product. Declared again, customers and licences are merged.</summary>
public sealed record ProductDeclaration
{
    // The generated reading of JSON sets what the JSON leaves out to null, hence the coalescing below.

    /// <summary>The product's usage dimensions, each 1 to 255 characters; replaces those declared before.</summary>
    public IReadOnlyList<string> Dimensions { get; init => field = value ?? []; } = [];

    /// <summary>Whether every customer that isn't declared unsubscribed counts as subscribed.</summary>
    public bool OpenToAll { get; init; }

    /// <summary>Customers by <c>CustomerIdentifier</c> or AWS account id; added to those known already.</summary>
    public IReadOnlyDictionary<string, SubscriptionState> Customers { get; init => field = value ?? field; } =
        new Dictionary<string, SubscriptionState>(StringComparer.Ordinal);

    /// <summary>
    /// The AWS account id that holds each licence, by licence ARN; added to those declared before. A licence belongs to
    /// the product that declared it last.
    /// </summary>
    public IReadOnlyDictionary<string, string> Licenses { get; init => field = value ?? field; } =
        new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>
    /// The AWS regions in which the product's API is enabled; elsewhere calls for it get <c>DisabledApiException</c>.
    /// Null, the default: all.
    /// </summary>
    public IReadOnlyList<string>? Regions { get; init; }

    /// <summary>
    /// Whether customers are named by account and licence alone, as AWS has it for products that came since June 2026;
    /// <c>CustomerIdentifier</c> is refused then. Default: false.
    /// </summary>
    public bool ConcurrentAgreements { get; init; }

    /// <summary>What buyers read on the fulfilment page. Default: the product code.</summary>
    public string? Title { get; init; }

    /// <summary>
    /// Where the seller lets new customers register: an http or https address, to which the buyer's browser brings
    /// <c>x-amzn-marketplace-token</c>. Default: none.
    /// </summary>
    public Uri? RegistrationUrl { get; init; }

    /// <summary>How <c>MeterUsage</c> counts. Default: <see cref="MeterUsageMode.Hourly"/>.</summary>
    public MeterUsageMode MeterUsage { get; init; }

    /// <summary>
    /// Where its containers run, of <c>ecs</c>, <c>eks</c> and <c>fargate</c>; elsewhere <c>RegisterUsage</c> gets
    /// <c>PlatformNotSupportedException</c>. Empty: <c>RegisterUsage</c> is disabled for it. Null, the default: all.
    /// </summary>
    public IReadOnlyList<string>? Platforms { get; init; }

    internal IEnumerable<string> Mistakes(string productCode)
    {
        if (!IsProductCode(productCode))
            yield return $"The product code '{productCode}' must be 1 to 255 of letters, digits and -/=:_.@.";
        if (RegistrationUrl is { } url && !(url.IsAbsoluteUri && url.Scheme is "http" or "https"))
            yield return $"Product '{productCode}': the registration URL '{url}' must be an http or https address.";
        foreach (var platform in Platforms ?? [])
        {
            if (!Product.PlatformsKnown.Contains(platform, StringComparer.Ordinal))
                yield return $"Product '{productCode}': the platform '{platform}' is not one of ecs, eks, fargate.";
        }

        foreach (var dimension in Dimensions)
        {
            if (dimension is null or { Length: 0 or > 255 })
                yield return $"Product '{productCode}': a dimension must have 1 to 255 characters.";
        }

        foreach (var customer in Customers.Keys)
        {
            if (customer.Length is 0 or > 255)
                yield return $"Product '{productCode}': a customer id must have 1 to 255 characters.";
        }

        foreach (var (arn, account) in Licenses)
        {
            if (!Constraints.IsLicenseArn(arn))
                yield return $"Product '{productCode}': '{arn}' is not a licence ARN.";
            if (!Constraints.IsAccountId(account))
                yield return $"Product '{productCode}': the account id '{account}' must be 1 to 255 digits.";
        }
    }

    private static bool IsProductCode(string code) => code.Length > 0 && Constraints.IsProductCode(code);
}
