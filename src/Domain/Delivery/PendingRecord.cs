using Tally.Domain.Sealing;

namespace Tally.Domain.Delivery;

/// <summary>A sealed record that waits to be sent.</summary>
/// <param name="Customer">The customer it belongs to.</param>
/// <param name="Record">The record as it is sent.</param>
/// <param name="Deadline">The moment from which AWS no longer accepts it.</param>
public sealed record PendingRecord(string Customer, UsageRecord Record, DateTimeOffset Deadline);
