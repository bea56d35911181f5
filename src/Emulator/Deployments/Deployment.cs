using Tally.Emulator.Catalogue;
using Tally.Emulator.Rules;
using Tally.Emulator.Wire;

namespace Tally.Emulator.Deployments;

/// <summary>
/// Software that runs in its buyer's account and calls from there. AWS knows the instance, task or pod by its
/// credentials; here headers say it.
/// </summary>
/// <param name="AccountId">The buyer's account; the seller's own when a product is tried out.</param>
/// <param name="Region">The region that is called.</param>
/// <param name="Resource">The instance, task or pod.</param>
/// <param name="Platform">What it runs on; null: it doesn't say.</param>
internal sealed record Deployment(string AccountId, string Region, string Resource, string? Platform)
{
    private const string ResourceHeader = "X-Emulator-Resource";
    private const string PlatformHeader = "X-Emulator-Platform";
    private const string ResourceOfNone = "default";
    private const int HeaderLengthMax = 255;

    public static Deployment Of(MeteringCall call) => new(
        call.Caller.AccountId,
        call.Caller.Region,
        HeaderOf(call, ResourceHeader) ?? call.Caller.AccessKeyId ?? ResourceOfNone,
        HeaderOf(call, PlatformHeader));

    /// <summary>Whether the account may use the product; its seller always may.</summary>
    public bool IsEntitledTo(Product product, SellerCatalogue catalogue, DateTimeOffset now) =>
        string.Equals(product.AccountId, AccountId, StringComparison.Ordinal)
        || catalogue.IsSubscribed(product, AccountId, now);

    /// <summary>What is wrong with the headers, or null.</summary>
    public ServiceError? Check(OpenPoints openPoints)
    {
        var found = new Violations(openPoints.ConstraintError);
        if (Resource.Length > HeaderLengthMax) found.TooLong(Resource, ResourceHeader, HeaderLengthMax);
        return found.ToError();
    }

    private static string? HeaderOf(MeteringCall call, string name) =>
        call.Headers[name].ToString() is { Length: > 0 } text ? text : null;
}
