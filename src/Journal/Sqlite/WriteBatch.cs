namespace Tally.Journal.Sqlite;

/// <summary>What one commit makes durable.</summary>
internal sealed class WriteBatch
{
    // Thousands of actors wait for this one task; none of them may run on the writer's thread.
    private readonly TaskCompletionSource<long> _committed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Journal entries, in the order of their arrival.</summary>
    public List<(string CustomerKey, ReadOnlyMemory<byte> Payload)> Entries { get; } = [];

    /// <summary>Other writes, in the order of their arrival.</summary>
    public List<WriteOperation> Operations { get; } = [];

    /// <summary>The bytes of the entries.</summary>
    public int EntryBytes { get; set; }

    /// <summary>How many writes.</summary>
    public int Count => Entries.Count + Operations.Count;

    /// <summary>Completes with the commit's number when the entries are durable.</summary>
    public Task<long> Committed => _committed.Task;

    /// <summary>Tells everybody that it is durable.</summary>
    /// <param name="commit">The commit's number.</param>
    public void Complete(long commit)
    {
        _committed.SetResult(commit);
        Operations.ForEach(operation => operation.Complete());
    }

    /// <summary>Tells everybody that the outcome is not known.</summary>
    /// <param name="exception">Why.</param>
    public void Fail(JournalException exception)
    {
        if (Entries.Count > 0)
        {
            _committed.SetException(exception);
        }

        Operations.ForEach(operation => operation.Fail(exception));
    }
}
