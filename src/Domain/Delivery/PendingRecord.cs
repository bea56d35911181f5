using Tally.Domain.Sealing;

namespace Tally.Domain.Delivery;

/// <summary>A sealed record that waits to be sent. How urgent it is doesn't make it another one.</summary>
/// <param name="Customer">The customer it belongs to.</param>
/// <param name="Record">The record as it is sent.</param>
/// <param name="Deadline">The moment from which AWS no longer accepts it.</param>
public sealed record PendingRecord(string Customer, UsageRecord Record, DateTimeOffset Deadline)
{
    /// <summary>
    /// By when it should be sent, which decides whose turn it is: the deadline; earlier when the customer's
    /// subscription ends; never when it only asks whether the customer is subscribed by now.
    /// </summary>
    public DateTimeOffset SendBy { get; init; } = Deadline;

    /// <inheritdoc />
    public bool Equals(PendingRecord? other) =>
        other is not null && Customer == other.Customer && Record == other.Record && Deadline == other.Deadline;

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(Customer, Record, Deadline);
}
