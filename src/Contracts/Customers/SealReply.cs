using Tally.Domain.Sealing;

namespace Tally.Contracts.Customers;

/// <summary>What a customer has to deliver.</summary>
/// <param name="Waiting">Records to send.</param>
/// <param name="Parked">Records held because the customer is not subscribed.</param>
/// <param name="IsIdle">
/// Whether nothing is open, waiting or parked, so that the customer may leave the flush index until it registers
/// again.
/// </param>
[GenerateSerializer, Immutable, Alias("Tally.SealReply")]
public sealed record SealReply(
    [property: Id(0)] IReadOnlyList<UsageRecord> Waiting,
    [property: Id(1)] IReadOnlyList<UsageRecord> Parked,
    [property: Id(2)] bool IsIdle);
