namespace Tally.Domain.Reconciliation;

/// <summary>Why evidence can't be read.</summary>
/// <param name="Line">In which line, from 1.</param>
/// <param name="Reason">What is wrong there, one sentence.</param>
public sealed record EvidenceFault(int Line, string Reason);
