namespace Tally.Journal.Azure;

/// <summary>
/// A place in the series of a partition's blobs: that of a block, or where the next one will be. A storage format.
/// </summary>
/// <param name="Series">The blob's number, from 1.</param>
/// <param name="Index">The block's number in it, from 0.</param>
/// <param name="Offset">Where in the blob it begins, in bytes.</param>
internal readonly record struct BlobPlace(long Series, int Index, long Offset)
{
    // The service takes 50,000 blocks a blob.
    private const int IndexBits = 16;

    /// <summary>The beginning of everything.</summary>
    public static BlobPlace First => new(1, 0, 0);

    /// <summary>The number of the row that is this block, growing over the series.</summary>
    public long Row => (Series << IndexBits) | (uint)Index;

    /// <summary>The beginning of the next blob.</summary>
    public BlobPlace NextBlob => new(Series + 1, 0, 0);

    /// <summary>In which blob a row is.</summary>
    /// <param name="row">The row.</param>
    /// <returns>The blob's number.</returns>
    public static long SeriesOf(long row) => row >> IndexBits;

    /// <summary>The place behind this block.</summary>
    /// <param name="length">How many bytes the block has.</param>
    /// <returns>The place.</returns>
    public BlobPlace Behind(int length) => new(Series, Index + 1, Offset + length);
}

/// <summary>A block that is known.</summary>
/// <param name="Place">Where it is.</param>
/// <param name="Length">How many bytes it has, the frame's included.</param>
/// <param name="WrittenAt">When it was written.</param>
internal readonly record struct BlobRow(BlobPlace Place, int Length, DateTimeOffset WrittenAt);
