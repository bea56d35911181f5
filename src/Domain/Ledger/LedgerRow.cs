namespace Tally.Domain.Ledger;

/// <summary>A line as it stands in a store.</summary>
/// <param name="Sequence">
/// Its place, above zero. A line that is written later has a higher one; there may be gaps.
/// </param>
/// <param name="Line">What is written there.</param>
public sealed record LedgerRow(long Sequence, LedgerLine Line);
