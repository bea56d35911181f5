namespace Tally.Journal.Sqlite;

/// <summary>
/// What a partition's journal holds behind the snapshots of its customers. What was there at the start is read once
/// and kept until it is covered; of what this process appends only the places are kept.
/// </summary>
internal sealed class PartitionTail
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, List<TailEntry>> _customers = [];
    private int _resets;

    /// <summary>Lets one caller load the partition while others wait.</summary>
    public SemaphoreSlim Loading { get; } = new(1, 1);

    /// <summary>Whether it is known what the store held before this process appended.</summary>
    public bool IsLoaded { get; private set; }

    /// <summary>Grows whenever what is known was forgotten, so that a load begun before can be told from one after.</summary>
    public int Resets
    {
        get
        {
            lock (_lock)
            {
                return _resets;
            }
        }
    }

    /// <summary>Notes an entry that this process has made durable.</summary>
    /// <param name="customerKey">Whose.</param>
    /// <param name="commit">Its commit.</param>
    /// <param name="writtenAt">When it was written.</param>
    public void Appended(string customerKey, long commit, DateTimeOffset writtenAt)
    {
        lock (_lock)
        {
            Of(customerKey).Add(new(commit, writtenAt, null));
        }
    }

    /// <summary>Takes over what the store holds.</summary>
    /// <param name="stored">Its entries behind the low-water mark, in their order.</param>
    /// <param name="resets">The value of <see cref="Resets"/> before the store was read.</param>
    /// <returns>Whether it was taken; if not, it must be read again.</returns>
    public bool TryLoad(List<(string CustomerKey, TailEntry Entry)> stored, int resets)
    {
        lock (_lock)
        {
            if (resets != _resets)
            {
                return false;
            }

            var appended = _customers.ToDictionary(pair => pair.Key, pair => pair.Value.ToList());
            _customers.Clear();
            foreach (var (customerKey, entry) in stored)
            {
                Of(customerKey).Add(entry);
            }

            foreach (var (customerKey, entries) in appended)
            {
                var known = Of(customerKey);
                var last = known.Count > 0 ? known[^1].Commit : 0;
                known.AddRange(entries.Where(entry => entry.Commit > last));
            }

            IsLoaded = true;
            return true;
        }
    }

    /// <summary>Forgets everything: what is stored is no longer known.</summary>
    public void Reset()
    {
        lock (_lock)
        {
            _customers.Clear();
            IsLoaded = false;
            _resets++;
        }
    }

    /// <summary>Lists a customer's entries.</summary>
    /// <param name="customerKey">Whose.</param>
    /// <param name="after">Only those of later commits.</param>
    /// <returns>The entries in their order.</returns>
    public List<TailEntry> Read(string customerKey, long after)
    {
        lock (_lock)
        {
            return _customers.TryGetValue(customerKey, out var entries)
                ? entries.FindAll(entry => entry.Commit > after)
                : [];
        }
    }

    /// <summary>Forgets entries that a snapshot covers.</summary>
    /// <param name="customerKey">Whose.</param>
    /// <param name="commit">The last commit that the snapshot holds.</param>
    public void Cover(string customerKey, long commit)
    {
        lock (_lock)
        {
            if (_customers.TryGetValue(customerKey, out var entries)
                && entries.RemoveAll(entry => entry.Commit <= commit) > 0
                && entries.Count == 0)
            {
                _customers.Remove(customerKey);
            }
        }
    }

    /// <summary>The first commit that a customer still needs.</summary>
    /// <returns>The commit; null when nothing is needed.</returns>
    public long? FirstNeeded()
    {
        lock (_lock)
        {
            return _customers.Count == 0 ? null : _customers.Values.Min(entries => entries[0].Commit);
        }
    }

    /// <summary>Lists the customers whose oldest entry is older than a moment.</summary>
    /// <param name="writtenBefore">The moment.</param>
    /// <returns>Customers with the times of their oldest entries.</returns>
    public List<(string CustomerKey, DateTimeOffset WrittenAt)> Uncovered(DateTimeOffset writtenBefore)
    {
        lock (_lock)
        {
            return
            [
                .. from pair in _customers
                   where pair.Value[0].WrittenAt < writtenBefore
                   select (pair.Key, pair.Value[0].WrittenAt),
            ];
        }
    }

    private List<TailEntry> Of(string customerKey)
    {
        if (!_customers.TryGetValue(customerKey, out var entries))
        {
            _customers[customerKey] = entries = [];
        }

        return entries;
    }
}

/// <summary>A place in the journal.</summary>
/// <param name="Commit">The commit.</param>
/// <param name="WrittenAt">When it was written.</param>
/// <param name="Payload">The entry, where it was read; null where it is to be fetched.</param>
internal readonly record struct TailEntry(long Commit, DateTimeOffset WrittenAt, ReadOnlyMemory<byte>? Payload);
