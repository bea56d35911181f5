namespace Tally.Journal.Partitions;

/// <summary>
/// Where an entry is: a row, and its number in the row. A row is what one partition received in one commit, and the
/// numbers of rows grow with time. A storage format.
/// </summary>
internal static class JournalPosition
{
    /// <summary>How many entries a row may have.</summary>
    public const int EntriesPerRowMax = 1 << OrdinalBits;

    private const int OrdinalBits = 20;

    /// <summary>Makes a position.</summary>
    /// <param name="row">The row.</param>
    /// <param name="ordinal">The entry's number in it, from 0.</param>
    /// <returns>The position.</returns>
    public static long Of(long row, int ordinal) => (row << OrdinalBits) | (uint)ordinal;

    /// <summary>The row of a position.</summary>
    /// <param name="position">The position.</param>
    /// <returns>The row.</returns>
    public static long RowOf(long position) => position >> OrdinalBits;
}
