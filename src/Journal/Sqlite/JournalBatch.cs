namespace Tally.Journal.Sqlite;

/// <summary>
/// The entries of one commit. Callers copy theirs into it until the writer takes it up, so that a commit collects for
/// as long as the one before it lasts. Its owner sees to it that one thread at a time touches it.
/// </summary>
/// <param name="journal">Its owner.</param>
/// <param name="partitions">How many partitions there are.</param>
internal sealed class JournalBatch(SqliteUsageJournal journal, int partitions) : WriteOperation
{
    private readonly RowBuffer[] _rows = [.. Enumerable.Range(0, partitions).Select(_ => new RowBuffer())];
    private readonly List<Slot> _slots = [];
    private int _bytes;

    /// <inheritdoc />
    public override int Bytes => _bytes;

    /// <inheritdoc />
    /// <remarks>An error in it means that the file is not as it should be.</remarks>
    public override bool FailsAlone => false;

    /// <summary>How many entries it has.</summary>
    public int Count => _slots.Count;

    /// <summary>Its commit's number; 0 before the writer took it up.</summary>
    public long Commit { get; set; }

    /// <summary>Its rows by partition; those that nobody wrote to are empty.</summary>
    public IReadOnlyList<RowBuffer> Rows => _rows;

    /// <summary>Its entries.</summary>
    public IReadOnlyList<Slot> Slots => _slots;

    /// <summary>Adds an entry, copying it.</summary>
    /// <param name="customer">Whose.</param>
    /// <param name="payload">The payload.</param>
    /// <param name="append">Who waits for it.</param>
    public void Add(in CustomerAddress customer, ReadOnlySpan<byte> payload, JournalAppend append)
    {
        var ordinal = _rows[customer.Partition].Add(customer.Utf8, payload);
        _slots.Add(new(customer.Key, customer.Partition, ordinal, append));
        _bytes += JournalRow.SizeOf(customer.Utf8.Length, payload.Length);
    }

    /// <inheritdoc />
    public override void Execute(SqliteSession session) => journal.Write(this, session);

    /// <inheritdoc />
    public override void Complete() => journal.Committed(this);

    /// <inheritdoc />
    public override void Abandon() => journal.Abandon(this);

    /// <inheritdoc />
    public override void Fail(Exception exception) => journal.Fail(this, exception);

    /// <summary>Empties it for the next use.</summary>
    public void Clear()
    {
        _slots.Clear();
        Array.ForEach(_rows, row => row.Clear());
        (_bytes, Commit) = (0, 0);
    }

    /// <summary>An entry and who waits for it.</summary>
    /// <param name="CustomerKey">Whose.</param>
    /// <param name="Partition">Its partition.</param>
    /// <param name="Ordinal">Its number in the partition's row.</param>
    /// <param name="Append">Who waits.</param>
    public readonly record struct Slot(string CustomerKey, int Partition, int Ordinal, JournalAppend Append);
}
