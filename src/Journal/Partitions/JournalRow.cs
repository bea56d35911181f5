using System.Buffers.Binary;

namespace Tally.Journal.Partitions;

/// <summary>
/// Walks over what a row holds. A storage format: change it only by a new version. A version byte, then for each
/// entry: key length (4 bytes, little-endian), key in UTF-8, payload length (4), payload.
/// </summary>
internal ref struct JournalRow
{
    /// <summary>The version that is written.</summary>
    public const byte Version = 1;

    private readonly ReadOnlySpan<byte> _row;
    private int _at;

    /// <summary>Begins a walk.</summary>
    /// <param name="row">The row.</param>
    /// <exception cref="JournalException">It is of a version that this program doesn't know.</exception>
    public JournalRow(ReadOnlySpan<byte> row)
    {
        if (row.IsEmpty || row[0] != Version)
        {
            throw new JournalException(
                $"A journal row is of version {(row.IsEmpty ? 0 : row[0])}; this program knows {Version}.");
        }

        _row = row;
        _at = 1;
    }

    /// <summary>The present entry's customer, in UTF-8.</summary>
    public ReadOnlySpan<byte> Key { get; private set; }

    /// <summary>Where in the row the present entry's payload lies.</summary>
    public Range Payload { get; private set; }

    /// <summary>The present entry's number, from 0.</summary>
    public int Ordinal { get; private set; } = -1;

    /// <summary>How many bytes an entry takes.</summary>
    /// <param name="keyLength">Of its key.</param>
    /// <param name="payloadLength">Of its payload.</param>
    /// <returns>The bytes.</returns>
    public static int SizeOf(int keyLength, int payloadLength) => 8 + keyLength + payloadLength;

    /// <summary>Writes an entry.</summary>
    /// <param name="destination">Exactly as large as the entry.</param>
    /// <param name="key">The customer, in UTF-8.</param>
    /// <param name="payload">The payload.</param>
    public static void Write(Span<byte> destination, ReadOnlySpan<byte> key, ReadOnlySpan<byte> payload)
    {
        BinaryPrimitives.WriteInt32LittleEndian(destination, key.Length);
        key.CopyTo(destination[4..]);
        BinaryPrimitives.WriteInt32LittleEndian(destination[(4 + key.Length)..], payload.Length);
        payload.CopyTo(destination[(8 + key.Length)..]);
    }

    /// <summary>Goes on to the next entry.</summary>
    /// <returns>Whether there is one.</returns>
    /// <exception cref="JournalException">The row ends within an entry.</exception>
    public bool Next()
    {
        if (_at == _row.Length)
        {
            return false;
        }

        var key = Sized();
        Key = _row[key];
        Payload = Sized();
        Ordinal++;
        return true;
    }

    private Range Sized()
    {
        var rest = _row.Length - _at - 4;
        var length = rest < 0 ? -1 : BinaryPrimitives.ReadInt32LittleEndian(_row[_at..]);
        if (length < 0 || length > rest)
        {
            throw new JournalException("A journal row ends within an entry.");
        }

        var start = _at + 4;
        _at = start + length;
        return start.._at;
    }
}
