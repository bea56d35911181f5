using System.Buffers.Binary;

namespace Tally.Ledger.Segments;

/// <summary>
/// Which segments of an epoch that is over have a key. A storage format: rows of a hash and the segment's place in
/// the epoch, 4 bytes each.
/// </summary>
internal sealed class EpochIndex
{
    private const int EntryBytes = sizeof(uint) + sizeof(uint);

    private readonly MemoryStream[] _buckets = new MemoryStream[SegmentKeys.Buckets];

    /// <summary>Starts with nothing.</summary>
    public EpochIndex()
    {
        for (var bucket = 0; bucket < _buckets.Length; bucket++)
        {
            _buckets[bucket] = new();
        }
    }

    /// <summary>The rows, by their buckets.</summary>
    public IEnumerable<byte[]> Rows => _buckets.Select(bucket => bucket.ToArray());

    /// <summary>Adds a segment.</summary>
    /// <param name="sequence">The segment.</param>
    /// <param name="keys">Its keys.</param>
    public void Add(long sequence, ReadOnlySpan<byte> keys)
    {
        Span<byte> entry = stackalloc byte[EntryBytes];
        BinaryPrimitives.WriteUInt32LittleEndian(entry[sizeof(uint)..], (uint)(sequence % LedgerSegment.EpochLength));
        for (; !keys.IsEmpty; keys = keys[sizeof(uint)..])
        {
            keys[..sizeof(uint)].CopyTo(entry);
            _buckets[SegmentKeys.BucketOf(BinaryPrimitives.ReadUInt32LittleEndian(keys))].Write(entry);
        }
    }

    /// <summary>Finds the segments that have a key.</summary>
    /// <param name="epoch">The epoch.</param>
    /// <param name="row">The row of the key's bucket.</param>
    /// <param name="key">The key.</param>
    /// <returns>The segments' sequences, in their order.</returns>
    public static List<long> Find(long epoch, ReadOnlySpan<byte> row, uint key)
    {
        var found = new List<long>();
        for (; !row.IsEmpty; row = row[EntryBytes..])
        {
            if (BinaryPrimitives.ReadUInt32LittleEndian(row) == key)
            {
                found.Add((epoch * LedgerSegment.EpochLength)
                    + BinaryPrimitives.ReadUInt32LittleEndian(row[sizeof(uint)..]));
            }
        }

        return found;
    }
}
