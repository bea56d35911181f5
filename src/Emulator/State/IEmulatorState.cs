namespace Tally.Emulator.State;

/// <summary>
/// What the emulator remembers: usage records, and everything else as small documents. A call that changes something
/// returns when the change is as durable as the store makes it; one that throws may have changed nothing or all, never
/// a part. Every member may be called at any time.
/// </summary>
internal interface IEmulatorState : IAsyncDisposable
{
    /// <summary>The documents of this moment, to read.</summary>
    DocumentCache Documents { get; }

    /// <summary>Saves and forgets documents, all in one transaction.</summary>
    ValueTask SaveAsync(IReadOnlyList<DocumentChange> changes);

    /// <summary>
    /// The same, unless everything was replaced since the documents had that generation: then nothing, and false.
    /// </summary>
    ValueTask<bool> SaveAsync(IReadOnlyList<DocumentChange> changes, long generation);

    /// <summary>
    /// Stores each record whose key is not taken yet, and returns what is stored under each key, in the same order. All
    /// in one transaction; a later record of the batch sees the earlier ones.
    /// </summary>
    ValueTask<IReadOnlyList<MeteredRecord>> AddAsync(IReadOnlyList<StoredUsage> usages);

    /// <summary>The stored records in the order in which they came; what comes meanwhile may be missing.</summary>
    IAsyncEnumerable<StoredUsage> ListAsync(RecordFilter filter, CancellationToken cancellationToken);

    /// <summary>Forgets everything, and remembers these instead, in this order, all in one transaction.</summary>
    ValueTask ReplaceAsync(IReadOnlyList<DocumentChange> documents, IReadOnlyList<StoredUsage> usages);

    /// <summary>Forgets everything.</summary>
    ValueTask ResetAsync();
}
