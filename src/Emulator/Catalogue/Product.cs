using System.Collections.Immutable;

namespace Tally.Emulator.Catalogue;

/// <summary>One product as it is declared at the moment; a declaration makes a new one.</summary>
internal sealed record Product(string Code)
{
    public ImmutableHashSet<string> Dimensions { get; init; } = ImmutableHashSet.Create<string>(StringComparer.Ordinal);

    public bool OpenToAll { get; init; }

    public ImmutableDictionary<string, SubscriptionState> Customers { get; init; } =
        ImmutableDictionary.Create<string, SubscriptionState>(StringComparer.Ordinal);

    /// <summary>A declaration replaces dimensions and openness, and adds to the customers.</summary>
    public Product With(ProductDeclaration declaration) => this with
    {
        Dimensions = [.. declaration.Dimensions],
        OpenToAll = declaration.OpenToAll,
        Customers = Customers.SetItems(declaration.Customers),
    };

    public bool IsSubscribed(string customer) =>
        Customers.TryGetValue(customer, out var state) ? state is SubscriptionState.Subscribed : OpenToAll;
}
