namespace Tally.Contracts.Moves;

/// <summary>How far an export was taken in. Whoever sends it hands it back with the next lines.</summary>
/// <param name="Export">By what it is told from others: the freeze that it was made in.</param>
/// <param name="Tenant">The name that the tenant has where it comes from.</param>
/// <param name="Lines">How many lines were taken.</param>
/// <param name="Check">The check of the last one.</param>
/// <param name="Counts">What was in them.</param>
[GenerateSerializer, Immutable, Alias("Tally.ImportCursor")]
public sealed record ImportCursor(
    [property: Id(0)] string Export,
    [property: Id(1)] string Tenant,
    [property: Id(2)] long Lines,
    [property: Id(3)] string Check,
    [property: Id(4)] ExportCounts Counts)
{
    /// <summary>Whether the closing line was among them.</summary>
    [Id(5)]
    public bool IsClosed { get; init; }

    /// <summary>Of which product the ledger is being taken in; null for none yet.</summary>
    [Id(6)]
    public string? LedgerProduct { get; init; }

    /// <summary>How many more lines of its ledger an import that was interrupted has written already.</summary>
    [Id(7)]
    public long LedgerLinesKnown { get; init; }
}
