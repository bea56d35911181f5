namespace Tally.Journal.Partitions;

/// <summary>
/// The entries of one commit, in rows by partition. Callers copy theirs into it until the writer takes it up. Its owner
/// sees to it that one thread at a time touches it.
/// </summary>
/// <param name="first">The first partition that it has a row for.</param>
/// <param name="partitions">How many partitions it has rows for.</param>
internal sealed class EntryBatch(int first, int partitions)
{
    private readonly RowBuffer[] _rows = [.. Enumerable.Range(0, partitions).Select(_ => new RowBuffer())];
    private readonly List<Slot> _slots = [];

    /// <summary>How many bytes its entries take.</summary>
    public int Bytes { get; private set; }

    /// <summary>How many entries it has.</summary>
    public int Count => _slots.Count;

    /// <summary>Its rows by partition, from the first one; those that nobody wrote to are empty.</summary>
    public IReadOnlyList<RowBuffer> Rows => _rows;

    /// <summary>Its entries.</summary>
    public IReadOnlyList<Slot> Slots => _slots;

    /// <summary>Adds an entry, copying it.</summary>
    /// <param name="customer">Whose.</param>
    /// <param name="payload">The payload.</param>
    /// <param name="append">Who waits for it.</param>
    public void Add(in CustomerAddress customer, ReadOnlySpan<byte> payload, JournalAppend append)
    {
        var ordinal = _rows[customer.Partition - first].Add(customer.Utf8, payload);
        _slots.Add(new(customer.Key, customer.Partition, ordinal, append));
        Bytes += JournalRow.SizeOf(customer.Utf8.Length, payload.Length);
    }

    /// <summary>Empties it for the next use.</summary>
    public void Clear()
    {
        _slots.Clear();
        Array.ForEach(_rows, row => row.Clear());
        Bytes = 0;
    }

    /// <summary>An entry and who waits for it.</summary>
    /// <param name="CustomerKey">Whose.</param>
    /// <param name="Partition">Its partition.</param>
    /// <param name="Ordinal">Its number in the partition's row.</param>
    /// <param name="Append">Who waits.</param>
    public readonly record struct Slot(string CustomerKey, int Partition, int Ordinal, JournalAppend Append);
}
