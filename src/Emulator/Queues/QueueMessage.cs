namespace Tally.Emulator.Queues;

/// <summary>A message in a queue. Who has received it and until when it is hidden is forgotten at a restart.</summary>
internal sealed record QueueMessage
{
    public required string Id { get; init; }

    /// <summary>The queue's key.</summary>
    public required string Queue { get; init; }

    public required string Body { get; init; }

    public required DateTimeOffset SentAt { get; init; }

    /// <summary>Orders messages of one queue.</summary>
    public required long Place { get; init; }
}
