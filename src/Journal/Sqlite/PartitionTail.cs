using Tally.Journal.Partitions;

namespace Tally.Journal.Sqlite;

/// <summary>
/// What a partition's journal holds behind the snapshots of its customers. What the store held at the start is found
/// out when it is first asked for; of what this process appends only the places are kept.
/// </summary>
internal sealed class PartitionTail
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, CustomerTail> _customers = [];
    private HashSet<string> _covered = [];
    private bool _isIndexed;
    private bool _isResident;
    private long _residentTo;
    private long _knownTo;
    private long _mark;

    /// <summary>Lets one caller load the partition while others wait.</summary>
    public SemaphoreSlim Loading { get; } = new(1, 1);

    /// <summary>Says what the store held at the start.</summary>
    /// <param name="mark">The last row that is known to be covered.</param>
    /// <param name="last">The last row that there can be.</param>
    public void Begin(long mark, long last) => (_mark, _knownTo) = (mark, last);

    /// <summary>Notes an entry that is durable. Rows come in order.</summary>
    /// <param name="customerKey">Whose.</param>
    /// <param name="position">Its position.</param>
    public void Add(string customerKey, long position)
    {
        lock (_lock)
        {
            Of(customerKey).Add(position);
        }
    }

    /// <summary>Says that every entry of a row was noted.</summary>
    /// <param name="row">The row.</param>
    public void AddedAll(long row)
    {
        lock (_lock)
        {
            _knownTo = row;
        }
    }

    /// <summary>Notes what was found in a row that a failed commit wrote all the same.</summary>
    /// <param name="load">The row.</param>
    public void Add(TailLoad load)
    {
        lock (_lock)
        {
            foreach (var (customerKey, entries) in load.Entries)
            {
                entries.ForEach(entry => Of(customerKey).Add(entry.Position));
            }

            _knownTo = load.LastRow;
        }
    }

    /// <summary>
    /// Says that many of its customers are about to read again, so that it is better to read all rows in one go than
    /// each for each customer.
    /// </summary>
    public void ExpectReads()
    {
        lock (_lock)
        {
            _isResident &= _residentTo == _knownTo;
        }
    }

    /// <summary>What is to be read from the store.</summary>
    /// <param name="withPayloads">Whether entries are wanted, or only where they are.</param>
    /// <returns>The rows, or null when nothing is missing.</returns>
    public TailLoad? Missing(bool withPayloads)
    {
        lock (_lock)
        {
            if (_isIndexed && (_isResident || !withPayloads))
            {
                return null;
            }

            return new(_isIndexed ? FirstNeeded() ?? (_knownTo + 1) : _mark + 1, _knownTo, withPayloads);
        }
    }

    /// <summary>Takes over what was read from the store.</summary>
    /// <param name="load">It.</param>
    public void Take(TailLoad load)
    {
        lock (_lock)
        {
            if (!_isIndexed)
            {
                TakePositions(load);
            }

            if (load.WithPayloads)
            {
                foreach (var (customerKey, tail) in _customers)
                {
                    tail.Keep(load.Entries.TryGetValue(customerKey, out var entries) ? entries : []);
                }

                (_isResident, _residentTo) = (true, load.LastRow);
            }
        }
    }

    /// <summary>Finds a customer's entries.</summary>
    /// <param name="customerKey">Whose.</param>
    /// <param name="after">Only those of later positions.</param>
    /// <returns>Those in memory, and the rows with more of them.</returns>
    public (List<JournalEntry> Entries, List<long> Rows) Find(string customerKey, long after)
    {
        lock (_lock)
        {
            if (!_customers.TryGetValue(customerKey, out var tail))
            {
                return ([], []);
            }

            var rows = new List<long>();
            foreach (var position in tail.Positions)
            {
                if (position > after && JournalPosition.RowOf(position) > _residentTo)
                {
                    rows.Add(JournalPosition.RowOf(position));
                }
            }

            return ([.. (tail.Resident ?? []).Where(entry => entry.Position > after)], rows);
        }
    }

    /// <summary>Forgets entries that a snapshot covers.</summary>
    /// <param name="customerKey">Whose.</param>
    /// <param name="position">The last position that the snapshot holds.</param>
    public void Cover(string customerKey, long position)
    {
        lock (_lock)
        {
            if (position > 0)
            {
                _covered.Add(customerKey);
            }

            // Before it is known what the store holds, what is covered must be remembered.
            if (position <= 0 || (_isIndexed && !_customers.ContainsKey(customerKey)))
            {
                return;
            }

            var tail = Of(customerKey);
            tail.Cover(position);
            if (_isIndexed && tail.IsEmpty)
            {
                _customers.Remove(customerKey);
            }
        }
    }

    /// <summary>Takes the customers of whom something was covered since this was asked last.</summary>
    /// <returns>The customers.</returns>
    public HashSet<string> TakeCovered()
    {
        lock (_lock)
        {
            var covered = _covered;
            _covered = [];
            return covered;
        }
    }

    /// <summary>Gives back customers that were taken, for the next time.</summary>
    /// <param name="customers">The customers.</param>
    public void GiveBack(HashSet<string> customers)
    {
        lock (_lock)
        {
            _covered.UnionWith(customers);
        }
    }

    /// <summary>Lists the customers whose first needed row is before another.</summary>
    /// <param name="row">The other.</param>
    /// <returns>Customers with their first rows.</returns>
    public List<(string CustomerKey, long Row)> Uncovered(long row)
    {
        lock (_lock)
        {
            return [.. from pair in _customers
                       where !pair.Value.IsEmpty && pair.Value.FirstRow < row
                       select (pair.Key, pair.Value.FirstRow)];
        }
    }

    /// <summary>The last row before everything that a customer still needs.</summary>
    /// <returns>The row; never lower than before.</returns>
    public long FindMark()
    {
        lock (_lock)
        {
            return _isIndexed ? Math.Max(_mark, FirstNeeded() - 1 ?? _knownTo) : _mark;
        }
    }

    private void TakePositions(TailLoad load)
    {
        foreach (var (customerKey, entries) in load.Entries)
        {
            Of(customerKey).AddInFront(entries);
        }

        foreach (var (customerKey, _) in _customers.Where(pair => pair.Value.IsEmpty).ToList())
        {
            _customers.Remove(customerKey);
        }

        _isIndexed = true;
    }

    private long? FirstNeeded()
    {
        long? first = null;
        foreach (var tail in _customers.Values)
        {
            first = tail.IsEmpty || tail.FirstRow > first ? first : tail.FirstRow;
        }

        return first;
    }

    private CustomerTail Of(string customerKey)
    {
        if (!_customers.TryGetValue(customerKey, out var tail))
        {
            _customers[customerKey] = tail = new();
        }

        return tail;
    }
}
