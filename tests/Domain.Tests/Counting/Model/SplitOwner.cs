using Tally.Domain.Counting;
using Tally.Domain.Time;

namespace Tally.Domain.Tests.Counting.Model;

/// <summary>A journal that grows, and the last snapshot with what it covers.</summary>
internal sealed class SplitStore
{
    /// <summary>The entries; an entry's position is its place, from 1.</summary>
    public List<byte[]> Entries { get; } = [];

    /// <summary>The snapshot; none at first.</summary>
    public (byte[]? Ledger, int Position, int Version) Snapshot { get; set; }

    /// <summary>Appends an entry and gives its position.</summary>
    public int Append(byte[] entry)
    {
        Entries.Add(entry);
        return Entries.Count;
    }
}

/// <summary>Owns the ledger as a customer's actor does, by the rules for a shared journal.</summary>
internal sealed class SplitOwner
{
    private readonly SplitStore _store;
    private readonly HashSet<int> _own = [];
    private int _position;
    private int _version;

    public SplitOwner(SplitStore store)
    {
        _store = store;
        Start();
    }

    /// <summary>The ledger.</summary>
    public CustomerLedger Ledger { get; private set; } = new(MeteringPeriod.Hour);

    /// <summary>Starts (again) from what is stored.</summary>
    public void Start()
    {
        (var snapshot, _position, _version) = _store.Snapshot;
        Ledger = snapshot is null
            ? new(MeteringPeriod.Hour)
            : CustomerLedger.FromSnapshot(snapshot, MeteringPeriod.Hour);
        _own.Clear();
        Merge();
    }

    /// <summary>Appends an entry of its own.</summary>
    public void Append(byte[] entry) => _own.Add(_store.Append(entry));

    /// <summary>Takes in what others wrote.</summary>
    public void Merge()
    {
        while (_position < _store.Entries.Count)
        {
            var entry = _store.Entries[_position++];
            if (!_own.Remove(_position))
            {
                LedgerEntries.Apply(Ledger, entry, TestBooks.Product);
            }
        }
    }

    /// <summary>Writes a snapshot; where the other was first, starts again from its.</summary>
    public bool TrySnapshot()
    {
        if (_store.Snapshot.Version != _version)
        {
            Start();
            return false;
        }

        _store.Snapshot = (Ledger.ToSnapshot(), _position, ++_version);
        return true;
    }
}
