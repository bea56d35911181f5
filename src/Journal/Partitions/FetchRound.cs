using System.Text;

namespace Tally.Journal.Partitions;

/// <summary>Takes the entries of many customers out of rows, each row read and walked over once.</summary>
internal sealed class FetchRound
{
    // Up to so many it is quicker to compare bytes than to make a text of each key.
    private const int FewMax = 4;

    private readonly IReadOnlyList<Fetch> _fetches;
    private readonly Dictionary<int, Wanted> _wanted = [];

    /// <summary>Begins.</summary>
    /// <param name="fetches">What is wanted.</param>
    public FetchRound(IReadOnlyList<Fetch> fetches)
    {
        _fetches = fetches;
        foreach (var partition in fetches.GroupBy(fetch => fetch.Partition))
        {
            var byKey = partition.GroupBy(fetch => fetch.CustomerKey)
                .ToDictionary(each => each.Key, each => each.ToList());
            var few = byKey.Count > FewMax
                ? []
                : byKey.Select(pair => (Encoding.UTF8.GetBytes(pair.Key), pair.Value)).ToArray();
            _wanted.Add(partition.Key, new(byKey, few));
        }
    }

    /// <summary>The rows to read, in order.</summary>
    public IReadOnlyList<(int Partition, long Number)> Rows =>
        [.. _fetches.SelectMany(fetch => fetch.Rows.Select(number => (fetch.Partition, number))).Distinct().Order()];

    /// <summary>Takes a row.</summary>
    /// <param name="partition">Its partition.</param>
    /// <param name="number">Its number.</param>
    /// <param name="payload">What it holds.</param>
    public void Take(int partition, long number, ReadOnlySpan<byte> payload)
    {
        var wanted = _wanted[partition];
        var byKey = wanted.ByKey.GetAlternateLookup<ReadOnlySpan<char>>();
        Span<char> key = stackalloc char[CustomerAddress.KeyLengthMax];
        var walk = new JournalRow(payload);
        while (walk.Next())
        {
            if (wanted.Few.Length > 0)
            {
                foreach (var (customer, fetches) in wanted.Few)
                {
                    if (walk.Key.SequenceEqual(customer))
                    {
                        Take(fetches, JournalPosition.Of(number, walk.Ordinal), payload[walk.Payload]);
                    }
                }
            }
            else if (byKey.TryGetValue(key[..Encoding.UTF8.GetChars(walk.Key, key)], out var fetches))
            {
                Take(fetches, JournalPosition.Of(number, walk.Ordinal), payload[walk.Payload]);
            }
        }
    }

    /// <summary>A row can't be read, and whoever wants it has to be told.</summary>
    /// <param name="partition">Its partition.</param>
    /// <param name="number">Its number.</param>
    /// <param name="exception">Why.</param>
    public void Fail(int partition, long number, JournalException exception)
    {
        foreach (var fetch in _fetches.Where(each => each.Partition == partition && each.Rows.Contains(number)))
        {
            fetch.Failure = exception;
        }
    }

    /// <summary>All rows were taken.</summary>
    public void Finish()
    {
        foreach (var fetch in _fetches)
        {
            fetch.Entries.Sort((one, other) => one.Position.CompareTo(other.Position));
        }
    }

    private static void Take(List<Fetch> fetches, long position, ReadOnlySpan<byte> payload)
    {
        foreach (var fetch in fetches)
        {
            if (position > fetch.Range.After && position <= fetch.Range.Last)
            {
                fetch.Entries.Add(new(position, payload.ToArray()));
            }
        }
    }

    private sealed record Wanted(Dictionary<string, List<Fetch>> ByKey, (byte[] Customer, List<Fetch> Fetches)[] Few);
}
