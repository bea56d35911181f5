namespace Tally.Journal.Partitions;

/// <summary>
/// What a customer's snapshot does not cover: the position of its last entry in each row that holds some and, for
/// what was read from the store in one go, the entries themselves. Its partition sees to it that one thread at a time
/// touches it.
/// </summary>
internal sealed class CustomerTail
{
    private long[] _positions = [];
    private int _start;
    private int _count;

    /// <summary>The entries of the rows that the partition has in memory, in order; null for none.</summary>
    public JournalEntry[]? Resident { get; private set; }

    /// <summary>The highest position that a snapshot is known to hold.</summary>
    public long CoveredTo { get; private set; }

    /// <summary>Whether everything is covered.</summary>
    public bool IsEmpty => _count == 0;

    /// <summary>The first row that is still needed; only when there is one.</summary>
    public long FirstRow => JournalPosition.RowOf(_positions[_start]);

    /// <summary>In each row that holds entries, the last one's position.</summary>
    public ReadOnlySpan<long> Positions => _positions.AsSpan(_start, _count);

    /// <summary>Adds an entry behind all others.</summary>
    /// <param name="position">Its position.</param>
    public void Add(long position)
    {
        if (_count > 0 && AreOfOneRow(_positions[_start + _count - 1], position))
        {
            _positions[_start + _count - 1] = position;
            return;
        }

        if (_start + _count == _positions.Length)
        {
            MakeRoom(1);
        }

        _positions[_start + _count++] = position;
    }

    /// <summary>Puts entries from the store in front of those that are known.</summary>
    /// <param name="entries">They, in order.</param>
    public void AddInFront(List<JournalEntry> entries)
    {
        var known = Positions.ToArray();
        (_start, _count) = (0, 0);
        foreach (var entry in entries)
        {
            if (entry.Position > CoveredTo)
            {
                Add(entry.Position);
            }
        }

        foreach (var position in known)
        {
            Add(position);
        }
    }

    /// <summary>Keeps entries in memory, as far as they are needed.</summary>
    /// <param name="entries">All of the rows that the partition has read, in order.</param>
    public void Keep(List<JournalEntry> entries) =>
        Resident = IsEmpty ? null : [.. entries.Where(entry => JournalPosition.RowOf(entry.Position) >= FirstRow)];

    /// <summary>Forgets what a snapshot covers.</summary>
    /// <param name="position">The last position that the snapshot holds.</param>
    public void Cover(long position)
    {
        CoveredTo = Math.Max(CoveredTo, position);
        while (_count > 0 && _positions[_start] <= position)
        {
            _start++;
            _count--;
        }

        if (Resident is { Length: > 0 } && Resident[^1].Position <= position)
        {
            Resident = null;
        }
    }

    private static bool AreOfOneRow(long one, long other) =>
        JournalPosition.RowOf(one) == JournalPosition.RowOf(other);

    private void MakeRoom(int more)
    {
        var positions = _count + more > _positions.Length / 2 ? new long[Math.Max(2, 2 * _count)] : _positions;
        Positions.CopyTo(positions);
        (_positions, _start) = (positions, 0);
    }
}
