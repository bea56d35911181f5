namespace Tally.Journal.Postgres;

/// <summary>An entry that waits for a commit.</summary>
/// <param name="Customer">Whose, in UTF-8.</param>
/// <param name="Partition">Whose lock it needs.</param>
/// <param name="Payload">The entry; its owner doesn't change it before it is answered.</param>
internal sealed record PendingEntry(byte[] Customer, int Partition, ReadOnlyMemory<byte> Payload)
{
    /// <summary>Is completed with the entry's position.</summary>
    public TaskCompletionSource<long> Appended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>How much of the queue it takes.</summary>
    public long Bytes => Customer.Length + Payload.Length;
}
