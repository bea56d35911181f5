using Tally.Domain.Ledger;

namespace Tally.Contracts.Ledger;

/// <summary>
/// The ledger of usage records: what happened to each of them, written down once and for ever. Lines are only ever
/// added; the stores themselves refuse to change or delete one.
/// </summary>
/// <remarks>Implementations are safe for concurrent use.</remarks>
public interface IRecordLedger
{
    /// <summary>
    /// Adds lines, all or none of them, and completes when they are durable. A line whose record and id the ledger
    /// has already is left as it was; not so those of calls, <see cref="LedgerKind.Submitted"/> and
    /// <see cref="LedgerKind.Answered"/>, whose ids are of one attempt: whoever makes it adds them once.
    /// </summary>
    /// <param name="lines">The lines.</param>
    /// <param name="cancellationToken">Gives up waiting; what was queued may still be written.</param>
    /// <returns>A task that completes when every line is in the ledger.</returns>
    /// <exception cref="LedgerUnavailableException">
    /// Whether they are written is not known, or nothing was as too much waits. Adding them again does no harm.
    /// </exception>
    Task AppendAsync(IReadOnlyList<LedgerLine> lines, CancellationToken cancellationToken = default);

    /// <summary>Lists lines in the order in which they were written.</summary>
    /// <param name="filter">Which.</param>
    /// <param name="after">The sequence of the last line of the page before; 0 for the first page.</param>
    /// <param name="countMax">How many at most, 1 to 10,000.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>
    /// The lines. Whoever reads on behind the last one misses none, also not of those that were written meanwhile.
    /// </returns>
    /// <exception cref="LedgerUnavailableException">The store can't be read.</exception>
    Task<IReadOnlyList<LedgerRow>> QueryAsync(
        LedgerFilter filter, long after, int countMax, CancellationToken cancellationToken = default);
}
