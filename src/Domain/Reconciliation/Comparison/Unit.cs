namespace Tally.Domain.Reconciliation.Comparison;

/// <summary>What is compared as one, from both sides.</summary>
internal sealed class Unit
{
    /// <summary>The records here.</summary>
    public List<Standing> Here { get; } = [];

    /// <summary>What AWS has by the evidence.</summary>
    public List<EvidenceRecord> There { get; } = [];

    /// <summary>What AWS was asked and didn't take.</summary>
    public List<EvidenceRecord> Refused { get; } = [];

    /// <summary>The quantity that AWS should have.</summary>
    public long QuantityHere => Here.Where(one => one.IsExpected).Sum(one => (long)one.Record.Quantity);

    /// <summary>The quantity that AWS has.</summary>
    public long QuantityThere => There.Sum(record => record.Quantity);
}
