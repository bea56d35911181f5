using System.Buffers.Binary;

namespace Tally.Domain.Counting;

/// <summary>
/// The form in which events travel from the front door to a customer's actor and on into the journal: events of one
/// customer, one behind the other. A storage format: change it only by a new version.
/// </summary>
/// <remarks>
/// An event, little-endian: flags (1 byte), dimension ordinal (2), time in ticks (8), millionths (8), key (16),
/// fingerprint (8), unique key (16, only with <see cref="HasUnique"/>), numerator and denominator of its
/// fraction of a millionth (8 and 8, only with <see cref="HasFraction"/>), id length (2), id in UTF-8, and with
/// <see cref="HasTags"/> tags length (2) and tags as <c>key\0value\0</c> in UTF-8, sorted by key.
/// </remarks>
public static class UsageBlock
{
    /// <summary>Flag: the event named no time, so its time is that of its arrival.</summary>
    public const byte TimeIsArrival = 1;

    /// <summary>Flag: the event has a unique key.</summary>
    public const byte HasUnique = 2;

    /// <summary>Flag: the event has tags.</summary>
    public const byte HasTags = 4;

    /// <summary>Flag: the event's quantity has a fraction of a millionth.</summary>
    public const byte HasFraction = 8;

    /// <summary>The bytes of an event without its variable parts.</summary>
    public const int FixedSize = 45;

    /// <summary>The most bytes an event can take.</summary>
    public const int EventSizeMax = FixedSize + 16 + 16 + ushort.MaxValue + 2 + ushort.MaxValue;

    /// <summary>How many bytes an event will take.</summary>
    /// <param name="flags">Its flags.</param>
    /// <param name="idLength">Bytes of its id.</param>
    /// <param name="tagsLength">Bytes of its tags; 0 without them.</param>
    /// <returns>The size in bytes.</returns>
    public static int SizeOf(byte flags, int idLength, int tagsLength) =>
        FixedSize
        + idLength
        + ((flags & HasUnique) != 0 ? 16 : 0)
        + ((flags & HasFraction) != 0 ? 16 : 0)
        + ((flags & HasTags) != 0 ? 2 + tagsLength : 0);

    /// <summary>Writes one event.</summary>
    /// <param name="target">Room of at least <see cref="SizeOf"/> bytes.</param>
    /// <param name="flags">Its flags.</param>
    /// <param name="facts">What counts.</param>
    /// <param name="id">Its id in UTF-8, at most 65,535 bytes.</param>
    /// <param name="tags">Its tags as this format has them; empty without <see cref="HasTags"/>.</param>
    /// <returns>How many bytes were written.</returns>
    public static int Write(
        Span<byte> target,
        byte flags,
        in EventFacts facts,
        ReadOnlySpan<byte> id,
        ReadOnlySpan<byte> tags)
    {
        target[0] = flags;
        BinaryPrimitives.WriteUInt16LittleEndian(target[1..], (ushort)facts.Ordinal);
        BinaryPrimitives.WriteInt64LittleEndian(target[3..], facts.Ticks);
        BinaryPrimitives.WriteInt64LittleEndian(target[11..], facts.Micros);
        BinaryPrimitives.WriteUInt128LittleEndian(target[19..], facts.Key);
        BinaryPrimitives.WriteUInt64LittleEndian(target[35..], facts.Fingerprint);
        var at = 43;
        if ((flags & HasUnique) != 0)
        {
            BinaryPrimitives.WriteUInt128LittleEndian(target[at..], facts.UniqueKey);
            at += 16;
        }

        if ((flags & HasFraction) != 0)
        {
            BinaryPrimitives.WriteInt64LittleEndian(target[at..], facts.Fraction.Numerator);
            BinaryPrimitives.WriteInt64LittleEndian(target[(at + 8)..], facts.Fraction.Denominator);
            at += 16;
        }

        at += WriteSized(target[at..], id);
        if ((flags & HasTags) != 0)
        {
            at += WriteSized(target[at..], tags);
        }

        return at;
    }

    private static int WriteSized(Span<byte> target, ReadOnlySpan<byte> bytes)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(target, (ushort)bytes.Length);
        bytes.CopyTo(target[2..]);
        return bytes.Length + 2;
    }
}
