using Tally.Emulator.Catalogue;
using Tally.Emulator.Rules;

namespace Tally.Emulator.State;

/// <summary>
/// What the emulator remembers. A call that changes something returns when the change is as durable as the store
/// makes it; one that throws may have changed nothing or all, never a part. Every member may be called at any time.
/// </summary>
internal interface IEmulatorState : IAsyncDisposable
{
    /// <summary>The products and licences of this moment.</summary>
    ProductCatalogue Catalogue { get; }

    ValueTask DeclareAsync(string productCode, ProductDeclaration declaration);

    /// <summary>
    /// Stores each record whose key is not taken yet, and returns what is stored under each key, in the same order. All
    /// in one transaction; a later record of the batch sees the earlier ones.
    /// </summary>
    ValueTask<IReadOnlyList<MeteredRecord>> AddAsync(IReadOnlyList<(UsageKey Key, MeteredRecord Record)> records);

    /// <summary>The stored records in the order in which they came; what comes meanwhile may be missing.</summary>
    IAsyncEnumerable<MeteredRecord> ListAsync(RecordFilter filter, CancellationToken cancellationToken);

    ValueTask AddTokenAsync(string token, RegisteredCustomer customer);

    ValueTask<RegisteredCustomer?> FindTokenAsync(string token);

    /// <summary>Forgets everything.</summary>
    ValueTask ResetAsync();
}
