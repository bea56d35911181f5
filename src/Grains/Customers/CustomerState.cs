using Tally.Contracts.Customers;
using Tally.Domain.Subscriptions;

namespace Tally.Grains.Customers;

/// <summary>What a customer's actor stores as its snapshot. A storage format.</summary>
[GenerateSerializer, Alias("Tally.CustomerState")]
internal sealed class CustomerState
{
    /// <summary>
    /// The ledger as <see cref="Domain.Counting.CustomerLedger.ToSnapshot"/> writes it; null for none.
    /// </summary>
    [Id(0)]
    public byte[]? Ledger { get; set; }

    /// <summary>The journal position that the ledger covers; 0 for none.</summary>
    [Id(1)]
    public long Position { get; set; }

    /// <summary>Who the customer is; null when nobody has said.</summary>
    [Id(2)]
    public CustomerProfile? Profile { get; set; }

    /// <summary>
    /// The version of the product's definition that the ledger's dimensions are of; an older one would not know them.
    /// </summary>
    [Id(3)]
    public int CatalogueVersion { get; set; }

    /// <summary>What is known of the customer's subscription; null for nothing.</summary>
    [Id(4)]
    public Subscription? Subscription { get; set; }

    /// <summary>
    /// Lines that the ledger may not have, as <see cref="Domain.Ledger.LedgerOutbox"/> writes them; null for none.
    /// </summary>
    [Id(5)]
    public byte[]? Outbox { get; set; }

    /// <summary>
    /// Of which export it was taken in; null once the customer has stored something of its own, so that no import that
    /// comes late can undo it.
    /// </summary>
    [Id(6)]
    public string? ImportOf { get; set; }
}
