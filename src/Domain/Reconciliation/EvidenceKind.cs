namespace Tally.Domain.Reconciliation;

/// <summary>Where outside evidence of metered usage comes from.</summary>
public enum EvidenceKind
{
    /// <summary>The Marketplace emulator's export, or its list of records: what it has stored.</summary>
    Emulator = 0,

    /// <summary>CloudTrail's events of BatchMeterUsage and MeterUsage: what calls were answered.</summary>
    CloudTrail = 1,

    /// <summary>A seller report or data feed as CSV: what was billed, by the hour or the day.</summary>
    SellerReport = 2,
}
