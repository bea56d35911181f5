namespace Tally.Domain.Reconciliation;

/// <summary>What was read of evidence: all of it, or nothing.</summary>
/// <param name="Records">The records, in the order of the evidence; none with a fault.</param>
/// <param name="Fault">The first fault; null where there is none.</param>
public sealed record EvidenceReading(IReadOnlyList<EvidenceRecord> Records, EvidenceFault? Fault);
