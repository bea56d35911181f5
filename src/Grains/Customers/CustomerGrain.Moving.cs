using Tally.Contracts.Moves;
using Tally.Domain.Ledger;

namespace Tally.Grains.Customers;

/// <content>The customer on its way from one store to another.</content>
internal sealed partial class CustomerGrain : IMovingCustomerGrain
{
    /// <inheritdoc />
    public async Task<MovedCustomer> Export()
    {
        ThrowIfLost();
        await Durably(() => Merge());

        // A tenant may have more customers than should stay in memory for this.
        DeactivateOnIdle();
        return new(
            _key.Product.Code,
            _key.Customer,
            _catalogueVersion,
            _ledger.ToSnapshot(),
            LedgerOutbox.Write(_outbox),
            state.State.Profile,
            state.State.Subscription);
    }

    /// <inheritdoc />
    public async Task Import(MovedCustomer customer, string export)
    {
        if (state.RecordExists && state.State.ImportOf != export)
        {
            throw new InvalidOperationException($"Customer {_journalKey} is not as the import left it.");
        }

        state.State.Ledger = customer.Ledger?.ToArray();
        state.State.Position = 0;
        state.State.Profile = customer.Profile;
        state.State.CatalogueVersion = customer.CatalogueVersion;
        state.State.Subscription = customer.Subscription;
        state.State.Outbox = customer.Outbox?.ToArray();
        state.State.ImportOf = export;
        await Durably(() => state.WriteStateAsync());

        // What is stored is the truth from now on; whatever this activation holds, lines for the ledger too, is not.
        Lose();
    }
}
