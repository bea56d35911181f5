using System.Buffers;
using System.Buffers.Binary;
using System.IO.Hashing;

namespace Tally.Api.Events;

/// <summary>
/// The hashes that an event is known by. They are stored, so they never change: another algorithm or another canonical
/// form would count repetitions as new events.
/// </summary>
internal static class EventHashes
{
    private const int OnStackMax = 512;

    /// <summary>What an event or a unique value is known by.</summary>
    /// <param name="text">The id, or the unique tag's value, in UTF-8.</param>
    /// <returns>XxHash128 of it.</returns>
    public static UInt128 KeyOf(ReadOnlySpan<byte> text) => XxHash128.HashToUInt128(text);

    /// <summary>Tells an event's content from another content under the same id.</summary>
    /// <param name="dimension">The dimension's name in UTF-8, at most 65,535 bytes.</param>
    /// <param name="micros">The quantity in millionths.</param>
    /// <param name="ticks">The time in UTC ticks; null when the event names none.</param>
    /// <param name="tags">The tags, sorted, as <c>key\0value\0</c> in UTF-8.</param>
    /// <returns>
    /// XxHash3 (64 bits) of, little-endian: length of the dimension (2 bytes), dimension, millionths (8), 1 or 0 for
    /// with or without time (1), ticks or 0 (8), tags.
    /// </returns>
    public static ulong FingerprintOf(
        ReadOnlySpan<byte> dimension,
        long micros,
        long? ticks,
        ReadOnlySpan<byte> tags)
    {
        var size = 2 + dimension.Length + 8 + 1 + 8 + tags.Length;
        var rented = size > OnStackMax ? ArrayPool<byte>.Shared.Rent(size) : null;
        var canonical = rented is null ? stackalloc byte[size] : rented.AsSpan(0, size);
        BinaryPrimitives.WriteUInt16LittleEndian(canonical, (ushort)dimension.Length);
        dimension.CopyTo(canonical[2..]);
        var rest = canonical[(2 + dimension.Length)..];
        BinaryPrimitives.WriteInt64LittleEndian(rest, micros);
        rest[8] = ticks is null ? (byte)0 : (byte)1;
        BinaryPrimitives.WriteInt64LittleEndian(rest[9..], ticks ?? 0);
        tags.CopyTo(rest[17..]);
        var fingerprint = XxHash3.HashToUInt64(canonical);
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }

        return fingerprint;
    }
}
