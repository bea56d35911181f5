using System.Runtime.InteropServices;
using System.Text;

namespace Tally.Journal.Partitions;

/// <summary>
/// What a partition's journal holds behind the snapshots of its customers, as far as this silo knows: other silos
/// append to it, too, so that it is topped up before each read. Rows are noted in their order. The places of entries
/// are kept until snapshots cover them, and as many of the rows as there is room for.
/// </summary>
/// <param name="bytesMax">How many bytes of rows are kept.</param>
internal sealed class SharedTail(long bytesMax)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, CustomerTail> _customers = [];
    private readonly RowCache _cache = new(bytesMax / 2);

    // Rows of this silo's own commits behind the last one that is known, so that they needn't be read again.
    private readonly SortedDictionary<long, byte[]> _own = [];

    // What snapshots cover and other silos haven't been told; and what was said before anything was known.
    private Dictionary<string, long> _untold = [];
    private Dictionary<string, long>? _early = [];
    private long _ownBytes;
    private long _lastOwn;
    private long _knownTo;

    /// <summary>The last row up to which everything is known.</summary>
    public long KnownTo
    {
        get
        {
            lock (_lock)
            {
                return _knownTo;
            }
        }
    }

    /// <summary>Notes a row that this silo has committed.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="payload">What it holds.</param>
    /// <returns>Whether there was room to note it; if not, it is to be read.</returns>
    public bool NoteOwn(long number, ReadOnlySpan<byte> payload)
    {
        lock (_lock)
        {
            _lastOwn = Math.Max(_lastOwn, number);

            if (number <= _knownTo || _ownBytes + payload.Length > bytesMax / 2)
            {
                return false;
            }

            _own.Add(number, payload.ToArray());
            _ownBytes += payload.Length;
            return true;
        }
    }

    /// <summary>Begins to top it up.</summary>
    /// <param name="end">Where the partition ends.</param>
    /// <returns>The rows up to there that needn't be read; null when none has to be.</returns>
    public List<long>? Begin(PartitionEnd end)
    {
        lock (_lock)
        {
            SkipTo(end.Mark);
            var own = _own.Keys.TakeWhile(number => number <= end.Last).ToList();
            return end.Count > own.Count ? own : null;
        }
    }

    /// <summary>Takes over a row that was read.</summary>
    /// <param name="number">The next one's number.</param>
    /// <param name="kind">What it holds.</param>
    /// <param name="payload">The bytes, as they were written.</param>
    /// <exception cref="JournalException">It isn't the next one.</exception>
    public void Take(long number, RowKind kind, byte[] payload)
    {
        lock (_lock)
        {
            TakeOwn(number - 1);
            if (_own.Remove(number, out var same))
            {
                _ownBytes -= same.Length;
            }

            if (number <= _knownTo)
            {
                throw new JournalException("The store gave rows in another order than it was asked for.");
            }

            if (kind == RowKind.Entries)
            {
                TakeEntries(number, payload);
            }
            else
            {
                TakeCovers(payload);
            }

            _knownTo = number;
        }
    }

    /// <summary>Takes over rows of this silo's own up to another one; there are no others.</summary>
    /// <param name="last">The other one.</param>
    public void TakeOwnUpTo(long last)
    {
        lock (_lock)
        {
            TakeOwn(last);
            _knownTo = Math.Max(_knownTo, last);
        }
    }

    /// <summary>Everything up to where the partition ended was taken over.</summary>
    /// <param name="end">Where it ended.</param>
    public void Finish(PartitionEnd end)
    {
        lock (_lock)
        {
            TakeOwnUpTo(end.Last);
            if (_early is { } early)
            {
                _early = null;
                foreach (var (customerKey, position) in early)
                {
                    Cover(customerKey, position);
                }
            }
        }
    }

    /// <summary>Finds where a customer's entries are.</summary>
    /// <param name="customerKey">Whose.</param>
    /// <param name="after">Only those of later positions.</param>
    /// <returns>The last one's position, and the rows.</returns>
    public (long Last, List<long> Rows) Find(string customerKey, long after)
    {
        lock (_lock)
        {
            var rows = new List<long>();
            if (!_customers.TryGetValue(customerKey, out var tail) || tail.IsEmpty)
            {
                return (0, rows);
            }

            foreach (var position in tail.Positions)
            {
                if (position > after)
                {
                    rows.Add(JournalPosition.RowOf(position));
                }
            }

            return (tail.Positions[^1], rows);
        }
    }

    /// <summary>Finds a row in memory.</summary>
    /// <param name="number">Its number.</param>
    /// <returns>What it holds; null if it is to be read.</returns>
    public byte[]? FindRow(long number)
    {
        lock (_lock)
        {
            return _cache.Find(number);
        }
    }

    /// <summary>Forgets entries that a snapshot covers.</summary>
    /// <param name="customerKey">Whose.</param>
    /// <param name="position">The last position that the snapshot holds.</param>
    public void Cover(string customerKey, long position)
    {
        lock (_lock)
        {
            if (_early is not null)
            {
                _early[customerKey] = Math.Max(position, _early.GetValueOrDefault(customerKey));
                return;
            }

            // Nobody covers what isn't there yet, and all others are covered where there is no tail.
            var covered = Math.Min(position, LastOf(Math.Max(_knownTo, _lastOwn)));
            if (!_customers.TryGetValue(customerKey, out var tail))
            {
                if (covered <= LastOf(_knownTo))
                {
                    return;
                }

                _customers[customerKey] = tail = new();
            }

            if (covered > tail.CoveredTo)
            {
                Shorten(customerKey, tail, covered);
                _untold[customerKey] = covered;
            }
        }
    }

    /// <summary>Takes what other silos haven't been told, to tell them.</summary>
    /// <returns>Customers, and the last positions that their snapshots hold.</returns>
    public Dictionary<string, long> TakeUntold()
    {
        lock (_lock)
        {
            var untold = _untold;
            _untold = [];
            return untold;
        }
    }

    /// <summary>Says that others could not be told after all.</summary>
    /// <param name="untold">What was taken.</param>
    public void ReturnUntold(Dictionary<string, long> untold)
    {
        lock (_lock)
        {
            foreach (var (customerKey, position) in untold)
            {
                _untold[customerKey] = Math.Max(position, _untold.GetValueOrDefault(customerKey));
            }
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

    /// <summary>Finds the last row before everything that a customer still needs, and forgets what is before.</summary>
    /// <returns>The row.</returns>
    public long FindMark()
    {
        lock (_lock)
        {
            var first = _knownTo + 1;
            foreach (var tail in _customers.Values)
            {
                first = tail.IsEmpty ? first : Math.Min(first, tail.FirstRow);
            }

            foreach (var (customerKey, _) in _customers.Where(pair => IsDone(pair.Value)).ToList())
            {
                _customers.Remove(customerKey);
            }

            _cache.RemoveBelow(first);
            return first - 1;
        }
    }

    private static long LastOf(long row) => JournalPosition.Of(row, JournalPosition.EntriesPerRowMax - 1);

    private bool IsDone(CustomerTail tail) => tail.IsEmpty && tail.CoveredTo <= LastOf(_knownTo);

    /// <summary>Another silo says that everything up to a row is covered, and may have deleted it.</summary>
    private void SkipTo(long mark)
    {
        if (mark <= _knownTo)
        {
            return;
        }

        foreach (var (customerKey, tail) in _customers.ToList())
        {
            Shorten(customerKey, tail, LastOf(mark));
        }

        while (_own.Count > 0 && _own.First() is var (number, payload) && number <= mark)
        {
            _own.Remove(number);
            _ownBytes -= payload.Length;
        }

        _knownTo = mark;
    }

    private void Shorten(string customerKey, CustomerTail tail, long position)
    {
        tail.Cover(position);
        if (IsDone(tail))
        {
            _customers.Remove(customerKey);
        }
    }

    private void TakeOwn(long last)
    {
        while (_own.Count > 0 && _own.First() is var (number, payload) && number <= last)
        {
            _own.Remove(number);
            _ownBytes -= payload.Length;
            TakeEntries(number, payload);
            _knownTo = number;
        }
    }

    private void TakeEntries(long number, byte[] payload)
    {
        Span<char> key = stackalloc char[CustomerAddress.KeyLengthMax];
        var customers = _customers.GetAlternateLookup<ReadOnlySpan<char>>();
        var walk = new JournalRow(payload);
        while (walk.Next())
        {
            var customer = key[..Encoding.UTF8.GetChars(walk.Key, key)];
            var tail = CollectionsMarshal.GetValueRefOrAddDefault(customers, customer, out _) ??= new();
            var position = JournalPosition.Of(number, walk.Ordinal);
            if (position > tail.CoveredTo)
            {
                tail.Add(position);
            }
        }

        _cache.Add(number, payload);
    }

    private void TakeCovers(byte[] payload)
    {
        var walk = new JournalRow(payload);
        while (walk.Next())
        {
            var customerKey = Encoding.UTF8.GetString(walk.Key);
            if (_customers.TryGetValue(customerKey, out var tail))
            {
                Shorten(customerKey, tail, CoverRow.Read(payload.AsSpan(walk.Payload)));
            }
        }
    }
}
