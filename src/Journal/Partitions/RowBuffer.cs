namespace Tally.Journal.Partitions;

/// <summary>A row that is being filled. Its memory is used again for later commits.</summary>
internal sealed class RowBuffer
{
    private const int CapacityKept = 1_024 * 1_024;

    private byte[] _bytes = [];
    private int _length;

    /// <summary>How many entries it has.</summary>
    public int Count { get; private set; }

    /// <summary>What is written.</summary>
    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _length);

    /// <summary>The same, for whoever can't take a span.</summary>
    public ReadOnlyMemory<byte> Memory => _bytes.AsMemory(0, _length);

    /// <summary>Adds an entry.</summary>
    /// <param name="key">The customer, in UTF-8.</param>
    /// <param name="payload">The payload.</param>
    /// <returns>The entry's number in the row, from 0.</returns>
    public int Add(ReadOnlySpan<byte> key, ReadOnlySpan<byte> payload)
    {
        var size = JournalRow.SizeOf(key.Length, payload.Length);
        var start = Math.Max(_length, 1);
        if (_bytes.Length < start + size)
        {
            Array.Resize(ref _bytes, (int)Math.Max(start + size, Math.Min(2L * _bytes.Length, Array.MaxLength)));
        }

        _bytes[0] = JournalRow.Version;
        JournalRow.Write(_bytes.AsSpan(start, size), key, payload);
        _length = start + size;
        return Count++;
    }

    /// <summary>Forgets what is written; keeps the memory unless it is unusually much.</summary>
    public void Clear()
    {
        (_length, Count) = (0, 0);
        if (_bytes.Length > CapacityKept)
        {
            _bytes = [];
        }
    }
}
