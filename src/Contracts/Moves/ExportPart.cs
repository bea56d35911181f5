namespace Tally.Contracts.Moves;

/// <summary>A part of an export.</summary>
/// <param name="Lines">Whole lines, each with its line feed; UTF-8.</param>
/// <param name="Next">How to ask for the next part; null when this is the last one.</param>
[GenerateSerializer, Immutable, Alias("Tally.ExportPart")]
public sealed record ExportPart(
    [property: Id(0)] ReadOnlyMemory<byte> Lines, [property: Id(1)] ExportCursor? Next);
