using Tally.Contracts.Customers;
using Tally.Domain.Subscriptions;

namespace Tally.Contracts.Moves;

/// <summary>A customer on its way from one store to another: all that its actor knows.</summary>
/// <param name="Product">The code of its product.</param>
/// <param name="Customer">What events call it.</param>
/// <param name="CatalogueVersion">The version of the product's definition that its books are of.</param>
/// <param name="Ledger">
/// Its books as <see cref="Domain.Counting.CustomerLedger.ToSnapshot"/> writes them: event ids that are remembered,
/// open hours, records with what became of them; null for none.
/// </param>
/// <param name="Outbox">
/// Lines that the ledger may not have, as <see cref="Domain.Ledger.LedgerOutbox"/> writes them; null for none.
/// </param>
/// <param name="Profile">Who it is; null when nobody has said.</param>
/// <param name="Subscription">What is known of its subscription; null for nothing.</param>
[GenerateSerializer, Immutable, Alias("Tally.MovedCustomer")]
public sealed record MovedCustomer(
    [property: Id(0)] string Product,
    [property: Id(1)] string Customer,
    [property: Id(2)] int CatalogueVersion,
    [property: Id(3)] ReadOnlyMemory<byte>? Ledger,
    [property: Id(4)] ReadOnlyMemory<byte>? Outbox,
    [property: Id(5)] CustomerProfile? Profile,
    [property: Id(6)] Subscription? Subscription);
