using Tally.Domain.Catalogue;
using Tally.Domain.Quantities;

namespace Tally.Standalone.Demo;

/// <summary>What the demonstration sells, and to whom.</summary>
internal static class DemoCatalogue
{
    /// <summary>The customer whose subscription has ended, so that parked records are seen.</summary>
    public const string Unsubscribed = "initech";

    /// <summary>The customers.</summary>
    public static IReadOnlyList<string> Customers { get; } = ["acme", "globex", "umbrella", "hooli", Unsubscribed];

    /// <summary>The products with their configurations.</summary>
    public static IReadOnlyList<(string Code, ProductConfig Config)> Products { get; } =
    [
        ("search-api", new("Search API", null,
        [
            new("api_calls"),
            new("active_users", Aggregation.UniqueCount, UniqueTag: "user"),
        ])),
        ("image-store", new("Image store", null,
        [
            new("gb_hours"),
            new("transfers", Aggregation.Count),
            new("peak_connections", Aggregation.Max, RoundingRule.Ceiling),
        ])),
    ];
}
