namespace Tally.Contracts.Customers;

/// <summary>What became of the events of a batch.</summary>
/// <param name="Statuses">
/// A <see cref="Domain.Counting.CountStatus"/> for each event, in their order; empty when all were counted.
/// </param>
[GenerateSerializer, Immutable, Alias("Tally.PostReply")]
public sealed record PostReply([property: Id(0)] ReadOnlyMemory<byte> Statuses)
{
    /// <summary>The reply when all events were counted.</summary>
    public static PostReply AllCounted { get; } = new(ReadOnlyMemory<byte>.Empty);
}
