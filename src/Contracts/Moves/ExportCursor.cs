namespace Tally.Contracts.Moves;

/// <summary>
/// How far an export was read. Whoever reads it hands it back for the next part, and looks at nothing in it.
/// </summary>
/// <param name="Export">Which export: the freeze that it was made in.</param>
/// <param name="Stage">What comes next.</param>
/// <param name="Check">The check of the last line.</param>
/// <param name="Counts">What was read.</param>
[GenerateSerializer, Immutable, Alias("Tally.ExportCursor")]
public sealed record ExportCursor(
    [property: Id(0)] string Export,
    [property: Id(1)] ExportStage Stage,
    [property: Id(2)] string Check,
    [property: Id(3)] ExportCounts Counts)
{
    /// <summary>Which of the tenant's products is being read, from 0.</summary>
    [Id(4)]
    public int Product { get; init; }

    /// <summary>Which flush shard of it is being read.</summary>
    [Id(5)]
    public int Shard { get; init; }

    /// <summary>The last customer of the shard that was read; null for none.</summary>
    [Id(6)]
    public string? Customer { get; init; }

    /// <summary>The last line of the product's ledger that was read; 0 for none.</summary>
    [Id(7)]
    public long Sequence { get; init; }
}
