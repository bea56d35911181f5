using System.Buffers.Binary;
using System.IO.Hashing;
using Tally.Journal.Partitions;

namespace Tally.Journal.Azure;

/// <summary>
/// What surrounds a row in a blob, so that a row that is torn, foreign or changed is noticed. A storage format: the
/// letters TJ, a version byte, what the row holds (1 byte), its length (4 bytes, little-endian), when it was written
/// (8, ticks), a checksum of all that and of the row (8), the row.
/// </summary>
/// <param name="Kind">What the row holds.</param>
/// <param name="PayloadLength">How many bytes the row has.</param>
/// <param name="WrittenAt">When it was written.</param>
/// <param name="Checksum">What was computed when it was written.</param>
internal readonly record struct Frame(RowKind Kind, int PayloadLength, DateTimeOffset WrittenAt, ulong Checksum)
{
    /// <summary>How many bytes stand before a row.</summary>
    public const int HeaderBytes = 24;

    private const byte Version = 1;
    private const int CheckedBytes = 16;

    /// <summary>How many bytes there are with the row.</summary>
    public int Length => HeaderBytes + PayloadLength;

    /// <summary>Surrounds a row.</summary>
    /// <param name="partition">Its partition.</param>
    /// <param name="kind">What it holds.</param>
    /// <param name="writtenAt">When it is written.</param>
    /// <param name="payload">The row.</param>
    /// <returns>The bytes to store.</returns>
    public static byte[] Write(int partition, RowKind kind, DateTimeOffset writtenAt, ReadOnlySpan<byte> payload)
    {
        var bytes = new byte[HeaderBytes + payload.Length];
        ReadOnlySpan<byte> start = [(byte)'T', (byte)'J', Version, (byte)kind];
        start.CopyTo(bytes);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4), payload.Length);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(8), writtenAt.UtcTicks);
        payload.CopyTo(bytes.AsSpan(HeaderBytes));
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(CheckedBytes), Sum(partition, bytes, payload));
        return bytes;
    }

    /// <summary>Reads what stands before a row.</summary>
    /// <param name="header">The bytes.</param>
    /// <returns>It, or null if that is no frame.</returns>
    public static Frame? TryRead(ReadOnlySpan<byte> header)
    {
        if (header.Length < HeaderBytes
            || header is not [(byte)'T', (byte)'J', Version, (byte)RowKind.Entries or (byte)RowKind.Covers, ..])
        {
            return null;
        }

        var length = BinaryPrimitives.ReadInt32LittleEndian(header[4..]);
        var ticks = BinaryPrimitives.ReadInt64LittleEndian(header[8..]);
        return length <= 0 || ticks < 0 || ticks > DateTimeOffset.MaxValue.Ticks
            ? null
            : new(
                (RowKind)header[3],
                length,
                new(ticks, TimeSpan.Zero),
                BinaryPrimitives.ReadUInt64LittleEndian(header[CheckedBytes..]));
    }

    /// <summary>Finds the first whole frame.</summary>
    /// <param name="partition">Whose it must be.</param>
    /// <param name="bytes">Where to look.</param>
    /// <returns>Where it begins; the number of bytes if there is none.</returns>
    public static int Find(int partition, ReadOnlySpan<byte> bytes)
    {
        for (var at = 0; at + HeaderBytes < bytes.Length; at++)
        {
            if (TryRead(bytes[at..]) is { } frame
                && frame.Length <= bytes.Length - at
                && frame.IsOf(partition, bytes.Slice(at, frame.Length)))
            {
                return at;
            }
        }

        return bytes.Length;
    }

    /// <summary>Whether bytes are those that were written.</summary>
    /// <param name="partition">Whose they must be.</param>
    /// <param name="bytes">The frame and its row.</param>
    /// <returns>Whether the checksum is theirs.</returns>
    public bool IsOf(int partition, ReadOnlySpan<byte> bytes) =>
        Checksum == Sum(partition, bytes, bytes[HeaderBytes..]);

    private static ulong Sum(int partition, ReadOnlySpan<byte> header, ReadOnlySpan<byte> payload)
    {
        var hash = new XxHash3(partition);
        hash.Append(header[..CheckedBytes]);
        hash.Append(payload);
        return hash.GetCurrentHashAsUInt64();
    }
}
