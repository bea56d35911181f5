using System.Buffers.Binary;
using System.Text;

namespace Tally.Journal.Partitions;

/// <summary>What a row of covers holds: customers, and 8 bytes each, little-endian. A storage format.</summary>
internal static class CoverRow
{
    /// <summary>Writes a row.</summary>
    /// <param name="covers">Customers, and the last positions that their snapshots hold.</param>
    /// <returns>The bytes.</returns>
    public static byte[] Write(Dictionary<string, long> covers)
    {
        var row = new RowBuffer();
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        foreach (var (customerKey, position) in covers)
        {
            BinaryPrimitives.WriteInt64LittleEndian(bytes, position);
            row.Add(Encoding.UTF8.GetBytes(customerKey), bytes);
        }

        return row.Written.ToArray();
    }

    /// <summary>Reads an entry of such a row.</summary>
    /// <param name="entry">The entry.</param>
    /// <returns>The position.</returns>
    public static long Read(ReadOnlySpan<byte> entry) => BinaryPrimitives.ReadInt64LittleEndian(entry);
}
