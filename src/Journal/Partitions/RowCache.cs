namespace Tally.Journal.Partitions;

/// <summary>The rows of a partition that are kept in memory: the newest, as far as there is room.</summary>
/// <param name="bytesMax">How many bytes they may take.</param>
internal sealed class RowCache(long bytesMax)
{
    private readonly Dictionary<long, byte[]> _rows = [];
    private readonly Queue<long> _order = [];
    private long _bytes;

    /// <summary>Keeps a row; rows come in order. Older ones make room for it.</summary>
    /// <param name="number">The row.</param>
    /// <param name="payload">What it holds.</param>
    public void Add(long number, byte[] payload)
    {
        if (payload.Length > bytesMax)
        {
            return;
        }

        while (_bytes + payload.Length > bytesMax)
        {
            RemoveFirst();
        }

        _rows.Add(number, payload);
        _order.Enqueue(number);
        _bytes += payload.Length;
    }

    /// <summary>Finds a row.</summary>
    /// <param name="number">Which.</param>
    /// <returns>What it holds, if it is there.</returns>
    public byte[]? Find(long number) => _rows.GetValueOrDefault(number);

    /// <summary>Forgets rows that nobody needs any more.</summary>
    /// <param name="first">The first one that is needed.</param>
    public void RemoveBelow(long first)
    {
        while (_order.TryPeek(out var number) && number < first)
        {
            RemoveFirst();
        }
    }

    private void RemoveFirst()
    {
        _rows.Remove(_order.Dequeue(), out var payload);
        _bytes -= payload!.Length;
    }
}
