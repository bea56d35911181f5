using Tally.Domain.Catalogue;

namespace Tally.Standalone.Demo;

/// <summary>What a demonstration sells, and to whom.</summary>
/// <param name="Products">The products with their configurations.</param>
/// <param name="Customers">The customers that use them.</param>
/// <param name="Unsubscribed">Those of them whose subscription has ended.</param>
internal sealed record DemoOffer(
    IReadOnlyList<(string Code, ProductConfig Config)> Products,
    IReadOnlyList<string> Customers,
    IReadOnlyList<string> Unsubscribed)
{
    /// <summary>Two services with several customers, one of whom has left, so that parked records are seen.</summary>
    public static DemoOffer Services { get; } =
        new(DemoCatalogue.Products, DemoCatalogue.Customers, [DemoCatalogue.Unsubscribed]);

    /// <summary>One product in its buyer's account.</summary>
    /// <param name="code">Its code.</param>
    /// <param name="config">Its configuration.</param>
    /// <returns>The offer.</returns>
    public static DemoOffer Deployed(string code, ProductConfig config) =>
        new([(code, config)], [ProductDefinition.OwnCustomer], []);
}
