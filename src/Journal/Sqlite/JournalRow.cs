using System.Buffers.Binary;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text;
using Tally.Domain.Encoding;

namespace Tally.Journal.Sqlite;

/// <summary>
/// What the customers of a partition received in one commit. A storage format: change it only by a new version.
/// </summary>
/// <remarks>
/// A version byte, then for each entry: key length (4 bytes), key in UTF-8, payload length (4), payload.
/// </remarks>
internal static class JournalRow
{
    private const byte Version = 1;
    private const int CommitBits = 44;

    /// <summary>A row's id.</summary>
    /// <param name="partition">Its partition.</param>
    /// <param name="commit">Its commit.</param>
    /// <returns>The id.</returns>
    public static long IdOf(int partition, long commit) => ((long)partition << CommitBits) | commit;

    /// <summary>The commit of a row.</summary>
    /// <param name="id">The row's id.</param>
    /// <returns>The commit's number.</returns>
    public static long CommitOf(long id) => id & ((1L << CommitBits) - 1);

    /// <summary>The partition of a customer.</summary>
    /// <param name="customerKey">The customer.</param>
    /// <param name="partitions">How many partitions there are.</param>
    /// <returns>From 0 to one less.</returns>
    public static int PartitionOf(string customerKey, int partitions) =>
        (int)(XxHash3.HashToUInt64(MemoryMarshal.AsBytes(customerKey.AsSpan())) % (ulong)partitions);

    /// <summary>Adds an entry to a row.</summary>
    /// <param name="row">The row, empty or begun.</param>
    /// <param name="customerKey">Whose entry.</param>
    /// <param name="payload">The entry.</param>
    public static void Add(PayloadWriter row, string customerKey, ReadOnlySpan<byte> payload)
    {
        if (row.Length == 0)
        {
            row.Byte(Version);
        }

        row.Text(customerKey);
        row.Int32(payload.Length);
        row.Raw(payload);
    }

    /// <summary>Walks over a row's entries.</summary>
    /// <param name="row">The row.</param>
    /// <returns>Keys and payloads, in their order.</returns>
    /// <exception cref="JournalException">The row is of a version that this program doesn't know.</exception>
    public static IEnumerable<(string CustomerKey, ReadOnlyMemory<byte> Payload)> Read(ReadOnlyMemory<byte> row)
    {
        if (row.Span[0] != Version)
        {
            throw new JournalException($"A journal row is of version {row.Span[0]}; this program knows {Version}.");
        }

        var at = 1;
        while (at < row.Length)
        {
            var key = Encoding.UTF8.GetString(Sized(row, ref at).Span);
            yield return (key, Sized(row, ref at));
        }
    }

    private static ReadOnlyMemory<byte> Sized(ReadOnlyMemory<byte> row, ref int at)
    {
        var length = BinaryPrimitives.ReadInt32LittleEndian(row.Span[at..]);
        var bytes = row.Slice(at + 4, length);
        at += 4 + length;
        return bytes;
    }
}
