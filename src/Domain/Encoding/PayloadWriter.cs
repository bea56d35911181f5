using System.Buffers.Binary;
using Tally.Domain.Quantities;

namespace Tally.Domain.Encoding;

/// <summary>
/// Writes the platform's own storage formats, little-endian, into a buffer that grows. Not for concurrent use.
/// </summary>
public sealed class PayloadWriter
{
    private byte[] _buffer;

    /// <summary>Makes a writer.</summary>
    /// <param name="capacity">How many bytes to start with, above zero.</param>
    public PayloadWriter(int capacity = 256) => _buffer = new byte[capacity];

    /// <summary>How many bytes are written.</summary>
    public int Length { get; private set; }

    /// <summary>What is written; valid until the next write.</summary>
    public ReadOnlyMemory<byte> Written => _buffer.AsMemory(0, Length);

    /// <summary>Forgets what is written and keeps the buffer.</summary>
    public void Clear() => Length = 0;

    /// <summary>Writes one byte.</summary>
    /// <param name="value">The byte.</param>
    public void Byte(byte value) => Reserve(1)[0] = value;

    /// <summary>Writes 32 bits.</summary>
    /// <param name="value">The number.</param>
    public void Int32(int value) => BinaryPrimitives.WriteInt32LittleEndian(Reserve(4), value);

    /// <summary>Writes 64 bits.</summary>
    /// <param name="value">The number.</param>
    public void Int64(long value) => BinaryPrimitives.WriteInt64LittleEndian(Reserve(8), value);

    /// <summary>Writes 64 bits.</summary>
    /// <param name="value">The number.</param>
    public void UInt64(ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(Reserve(8), value);

    /// <summary>Writes 128 bits.</summary>
    /// <param name="value">The number.</param>
    public void UInt128(UInt128 value) => BinaryPrimitives.WriteUInt128LittleEndian(Reserve(16), value);

    /// <summary>Writes a quantity.</summary>
    /// <param name="value">The quantity.</param>
    public void Quantity(Quantity value) => BinaryPrimitives.WriteInt128LittleEndian(Reserve(16), value.Micros);

    /// <summary>Writes bytes as they are.</summary>
    /// <param name="bytes">The bytes.</param>
    public void Raw(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Reserve(bytes.Length));

    /// <summary>Writes a text, or that there is none.</summary>
    /// <param name="text">The text, or null.</param>
    public void Text(string? text)
    {
        if (text is null)
        {
            Int32(-1);
            return;
        }

        var length = System.Text.Encoding.UTF8.GetByteCount(text);
        Int32(length);
        System.Text.Encoding.UTF8.GetBytes(text, Reserve(length));
    }

    /// <summary>Writes a number in as few bytes as it needs: small ones, of either sign, in one.</summary>
    /// <param name="value">The number.</param>
    public void VarInt64(long value)
    {
        // The sign goes last, so that numbers close to zero have few digits; then seven bits a byte, lowest first.
        var rest = unchecked((ulong)((value << 1) ^ (value >> 63)));
        while (rest >= 0x80)
        {
            Byte((byte)((rest & 0x7F) | 0x80));
            rest >>= 7;
        }

        Byte((byte)rest);
    }

    /// <summary>Writes a text, or that there is none, with a short length before it.</summary>
    /// <param name="text">The text, or null.</param>
    public void VarText(string? text)
    {
        if (text is null)
        {
            VarInt64(-1);
            return;
        }

        var length = System.Text.Encoding.UTF8.GetByteCount(text);
        VarInt64(length);
        System.Text.Encoding.UTF8.GetBytes(text, Reserve(length));
    }

    /// <summary>Takes room for bytes that the caller fills.</summary>
    /// <param name="length">How many bytes.</param>
    /// <returns>The room, to be filled before the next call.</returns>
    public Span<byte> Reserve(int length)
    {
        if (Length + length > _buffer.Length)
        {
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, Length + length));
        }

        var room = _buffer.AsSpan(Length, length);
        Length += length;
        return room;
    }
}
