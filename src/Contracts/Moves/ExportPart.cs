namespace Tally.Contracts.Moves;

/// <summary>Some lines of a tenant's export, and how to go on.</summary>
/// <param name="Lines">Whole lines, each with its line feed; UTF-8.</param>
/// <param name="Next">How to ask for the next part; null when this is the last one.</param>
[GenerateSerializer, Immutable, Alias("Tally.ExportPart")]
public sealed record ExportPart(
    [property: Id(0)] ReadOnlyMemory<byte> Lines, [property: Id(1)] ExportCursor? Next);
