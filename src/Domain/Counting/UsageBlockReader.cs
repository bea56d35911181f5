using System.Buffers.Binary;
using Tally.Domain.Encoding;
using Tally.Domain.Quantities;

namespace Tally.Domain.Counting;

/// <summary>Walks over the events of a <see cref="UsageBlock"/>.</summary>
/// <param name="block">The block's bytes.</param>
public ref struct UsageBlockReader(ReadOnlySpan<byte> block)
{
    private PayloadReader _reader = new(block);

    /// <summary>What counts of the current event.</summary>
    public EventFacts Facts { get; private set; }

    /// <summary>The current event's flags.</summary>
    public byte Flags { get; private set; }

    /// <summary>The current event's id in UTF-8.</summary>
    public ReadOnlySpan<byte> Id { get; private set; }

    /// <summary>The current event's tags as the format has them; empty without tags.</summary>
    public ReadOnlySpan<byte> Tags { get; private set; }

    /// <summary>The current event's bytes, whole.</summary>
    public ReadOnlySpan<byte> Raw { get; private set; }

    /// <summary>Moves to the next event.</summary>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="FormatException">The bytes are no block.</exception>
    public bool Read()
    {
        if (_reader.IsAtEnd)
        {
            return false;
        }

        var from = _reader.Rest;
        var head = _reader.Raw(43);
        Flags = head[0];
        if (Flags > (UsageBlock.TimeIsArrival | UsageBlock.HasUnique | UsageBlock.HasTags | UsageBlock.HasFraction))
        {
            throw new FormatException($"An event with the flags {Flags} is not known.");
        }

        var unique = (Flags & UsageBlock.HasUnique) != 0 ? _reader.UInt128() : UInt128.Zero;
        var fraction = (Flags & UsageBlock.HasFraction) != 0 ? ReadFraction() : default;
        Id = ReadSized();
        Tags = (Flags & UsageBlock.HasTags) != 0 ? ReadSized() : default;
        Facts = new(
            BinaryPrimitives.ReadUInt128LittleEndian(head[19..]),
            BinaryPrimitives.ReadUInt64LittleEndian(head[35..]),
            BinaryPrimitives.ReadUInt16LittleEndian(head[1..]),
            BinaryPrimitives.ReadInt64LittleEndian(head[3..]),
            BinaryPrimitives.ReadInt64LittleEndian(head[11..]),
            unique)
        {
            Fraction = fraction,
        };
        Raw = from[..(from.Length - _reader.Left)];
        return IsInRange(Facts) ? true : throw new FormatException("An event's time or quantity is out of range.");
    }

    private static bool IsInRange(in EventFacts facts) =>
        facts.Micros is >= 0 and <= Quantity.EventMicrosMax
        && facts.Ticks >= 0
        && facts.Ticks <= DateTimeOffset.MaxValue.UtcTicks;

    private MicroFraction ReadFraction()
    {
        var fraction = new MicroFraction(_reader.Int64(), _reader.Int64());
        return fraction.IsPart ? fraction : throw new FormatException("An event's fraction is none.");
    }

    private ReadOnlySpan<byte> ReadSized() =>
        _reader.Raw(BinaryPrimitives.ReadUInt16LittleEndian(_reader.Raw(2)));
}
