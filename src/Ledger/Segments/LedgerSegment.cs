namespace Tally.Ledger.Segments;

/// <summary>
/// Lines of one product and one metering hour that were written together: a row of the ledger's table. Each line's
/// sequence is that of the segment and its place in it.
/// </summary>
/// <param name="Hour">The product and the hour.</param>
/// <param name="Sequence">The sequence of its first line.</param>
/// <param name="Count">How many lines it has, 1 to <see cref="CountMax"/>.</param>
internal sealed record LedgerSegment(HourKey Hour, long Sequence, int Count)
{
    /// <summary>How many lines a segment has at most: whoever looks for one line of it reads them all.</summary>
    public const int CountMax = 512;

    /// <summary>
    /// How many sequences make an epoch, within which every segment lies wholly. Once an epoch is over, an index of
    /// its keys is written; the segments of the epoch that isn't are looked through.
    /// </summary>
    public const long EpochLength = 32_768;

    /// <summary>A bit for each kind of which there are lines.</summary>
    public required int Kinds { get; init; }

    /// <summary>What it can be found by, as <see cref="SegmentKeys"/> has it.</summary>
    public required byte[] Keys { get; init; }

    /// <summary>Which lines it has, as <see cref="KnownLines"/> has it.</summary>
    public required byte[] Known { get; init; }

    /// <summary>The lines, as <see cref="SegmentFormat"/> has them.</summary>
    public required byte[] Payload { get; init; }

    /// <summary>The epoch of a sequence.</summary>
    /// <param name="sequence">The sequence.</param>
    /// <returns>The epoch, from 0.</returns>
    public static long EpochOf(long sequence) => sequence / EpochLength;
}
