using System.Buffers.Binary;
using Tally.Domain.Quantities;
using Tally.Domain.Time;

namespace Tally.Domain.Encoding;

/// <summary>Reads what <see cref="PayloadWriter"/> wrote.</summary>
/// <param name="bytes">The bytes to read.</param>
/// <remarks>
/// Every method throws <see cref="FormatException"/> when the bytes end too early or are none of what it reads.
/// </remarks>
public ref struct PayloadReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    /// <summary>Whether everything is read.</summary>
    public readonly bool IsAtEnd => _rest.IsEmpty;

    /// <summary>How many bytes are left.</summary>
    public readonly int Left => _rest.Length;

    /// <summary>What is left.</summary>
    public readonly ReadOnlySpan<byte> Rest => _rest;

    /// <summary>Reads one byte.</summary>
    /// <returns>The byte.</returns>
    public byte Byte() => Raw(1)[0];

    /// <summary>Reads 32 bits.</summary>
    /// <returns>The number.</returns>
    public int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Raw(4));

    /// <summary>Reads 64 bits.</summary>
    /// <returns>The number.</returns>
    public long Int64() => BinaryPrimitives.ReadInt64LittleEndian(Raw(8));

    /// <summary>Reads 64 bits.</summary>
    /// <returns>The number.</returns>
    public ulong UInt64() => BinaryPrimitives.ReadUInt64LittleEndian(Raw(8));

    /// <summary>Reads 128 bits.</summary>
    /// <returns>The number.</returns>
    public UInt128 UInt128() => BinaryPrimitives.ReadUInt128LittleEndian(Raw(16));

    /// <summary>Reads a quantity.</summary>
    /// <returns>The quantity.</returns>
    public Quantity Quantity() => new(BinaryPrimitives.ReadInt128LittleEndian(Raw(16)));

    /// <summary>Reads a moment that was written as its UTC ticks.</summary>
    /// <returns>The moment.</returns>
    public DateTimeOffset Moment()
    {
        var ticks = Int64();
        return ticks >= 0 && ticks <= DateTimeOffset.MaxValue.UtcTicks
            ? new(ticks, TimeSpan.Zero)
            : throw new FormatException("A moment is out of range.");
    }

    /// <summary>Reads an hour that was written as its start in seconds.</summary>
    /// <param name="period">How long hours are.</param>
    /// <returns>The hour.</returns>
    public MeteringHour Hour(MeteringPeriod period)
    {
        var start = Int64();
        return start >= 0
            && start < DateTimeOffset.MaxValue.ToUnixTimeSeconds() - period.LengthSeconds
            && start % period.LengthSeconds == 0
                ? period.Starting(start)
                : throw new FormatException($"No hour of {period.Length} starts at {start} s.");
    }

    /// <summary>Reads a text.</summary>
    /// <returns>The text, or null where none was written.</returns>
    public string? Text()
    {
        var length = Int32();
        return length < 0 ? null : System.Text.Encoding.UTF8.GetString(Raw(length));
    }

    /// <summary>Reads a number that was written in as few bytes as it needs.</summary>
    /// <returns>The number.</returns>
    public long VarInt64()
    {
        var folded = 0UL;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var digit = Byte();
            folded |= (ulong)(digit & 0x7F) << shift;
            if (digit < 0x80)
            {
                return unchecked((long)(folded >> 1) ^ -(long)(folded & 1));
            }
        }

        throw new FormatException("A number has too many bytes.");
    }

    /// <summary>Reads a text that was written with a short length.</summary>
    /// <returns>The text, or null where none was written.</returns>
    public string? VarText()
    {
        var length = VarInt64();
        return length < 0
            ? null
            : System.Text.Encoding.UTF8.GetString(Raw((int)Math.Min(length, int.MaxValue)));
    }

    /// <summary>Reads a number of things, which can't be more than there are bytes.</summary>
    /// <returns>The number, zero or more.</returns>
    public int Count()
    {
        var count = Int32();
        return count >= 0 && count <= _rest.Length ? count : throw new FormatException("A count is out of range.");
    }

    /// <summary>Reads bytes as they are.</summary>
    /// <param name="length">How many.</param>
    /// <returns>The bytes.</returns>
    public ReadOnlySpan<byte> Raw(int length)
    {
        if (length < 0 || length > _rest.Length)
        {
            throw new FormatException("The payload ends too early.");
        }

        var taken = _rest[..length];
        _rest = _rest[length..];
        return taken;
    }
}
