namespace Tally.Journal;

/// <summary>
/// The durable log of what customers' actors have accepted. It is the moment of truth of an acknowledgement: an entry
/// whose append has completed survives <c>kill -9</c> of this process and is found again by <see cref="ReadAsync"/>.
/// </summary>
/// <remarks>
/// <para>Entries of many customers are committed together (group commit). The journal is partitioned by a hash of the
/// customer key; a partition's rows hold what its customers received in one commit.</para>
/// <para>Positions grow along a customer's entries; they say nothing across customers.</para>
/// <para>Snapshots make old entries unnecessary: <see cref="Cover"/> says so, and maintenance deletes what is covered
/// and older than the retention.</para>
/// <para>Implementations are safe for concurrent use.</para>
/// </remarks>
public interface IUsageJournal
{
    /// <summary>
    /// Whether other processes may append entries of the same customers, as in a cluster. If so, the position of one's
    /// own entry says nothing of others' below it, and a snapshot's position is one up to which the journal was read.
    /// </summary>
    bool IsShared { get; }

    /// <summary>
    /// Appends one entry and completes when it is durable. A customer's entries are appended one after the other: the
    /// next one only when the one before has completed.
    /// </summary>
    /// <param name="customerKey">Whose entry it is; 1 to 1,024 characters.</param>
    /// <param name="payload">
    /// The entry, opaque to the journal, not empty. The journal may read it until the returned task completes; the
    /// caller must not change it before.
    /// </param>
    /// <param name="cancellationToken">Gives up waiting; what was queued may still be written.</param>
    /// <returns>The entry's position, above zero and above every earlier entry of this customer.</returns>
    /// <exception cref="JournalException">
    /// The outcome is unknown: the entry may or may not be stored. The caller must forget its own state and read
    /// again.
    /// </exception>
    /// <exception cref="JournalOverloadedException">
    /// The bounded queue is full; nothing was written. Try again later.
    /// </exception>
    ValueTask<long> AppendAsync(
        string customerKey,
        ReadOnlyMemory<byte> payload,
        CancellationToken cancellationToken = default);

    /// <summary>
    /// Reads a customer's entries behind a position, oldest first. It says nothing about snapshots:
    /// <see cref="Cover"/> does. No entry becomes durable later at a position below one that was read.
    /// </summary>
    /// <param name="customerKey">Whose entries.</param>
    /// <param name="after">The last position that the caller knows everything up to; 0 for none.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>
    /// Every entry with a higher position that was durable when it was asked for, whoever appended it, in order of
    /// position. Entries that a snapshot covers may be missing.
    /// </returns>
    /// <exception cref="JournalException">The store cannot be read.</exception>
    ValueTask<IReadOnlyList<JournalEntry>> ReadAsync(
        string customerKey,
        long after,
        CancellationToken cancellationToken = default);

    /// <summary>
    /// Checks that nothing was deleted of a customer's entries, for one of whom no snapshot was found: where something
    /// was, there had been a snapshot that held it, and it is lost.
    /// </summary>
    /// <param name="customerKey">Whose entries.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>A task that completes when that is known. A store that doesn't remember it completes at once.</returns>
    /// <exception cref="JournalException">Something was; the message says where, and the way out.</exception>
    ValueTask EnsureWholeAsync(string customerKey, CancellationToken cancellationToken = default);

    /// <summary>
    /// Says that a durable snapshot of the customer holds everything up to a position, so that entries up to there
    /// are no longer needed for recovery. Calling it again, or with a lower position, does no harm.
    /// </summary>
    /// <param name="customerKey">Whose snapshot.</param>
    /// <param name="position">The last position that the snapshot holds.</param>
    void Cover(string customerKey, long position);

    /// <summary>
    /// Lists customers with entries that were written before a moment and that no snapshot covers, so that somebody
    /// can ask their actors to take one; without it an actor that is never used again would hold the journal's tail
    /// for ever.
    /// </summary>
    /// <param name="writtenBefore">Only entries written before this moment count.</param>
    /// <param name="countMax">How many to list at most; above zero.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Customer keys, those with the oldest entries first.</returns>
    ValueTask<IReadOnlyList<string>> ListUncoveredAsync(
        DateTimeOffset writtenBefore,
        int countMax,
        CancellationToken cancellationToken = default);

    /// <summary>
    /// Deletes entries that are both covered by snapshots and older than the retention, and moves the low-water mark
    /// that recovery starts from.
    /// </summary>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>How many stored rows were deleted.</returns>
    ValueTask<int> TrimAsync(CancellationToken cancellationToken = default);
}
