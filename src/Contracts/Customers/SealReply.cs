using Tally.Domain.Sealing;

namespace Tally.Contracts.Customers;

/// <summary>What a customer has to deliver.</summary>
/// <param name="Waiting">Records to send.</param>
/// <param name="Parked">Records held because the customer is not subscribed.</param>
/// <param name="IsIdle">
/// Whether nothing is open, waiting or parked and idle hours aren't sent, so that the customer may leave the flush
/// index until it registers again.
/// </param>
/// <param name="IsRefused">Whether AWS says that the customer isn't subscribed, so that its records wait.</param>
/// <param name="SendBy">
/// By when its records should be sent because its subscription ends; null when it doesn't.
/// </param>
/// <param name="VisitAt">By when it is to be asked again; null when the end of the hour will do.</param>
[GenerateSerializer, Immutable, Alias("Tally.SealReply")]
public sealed record SealReply(
    [property: Id(0)] IReadOnlyList<UsageRecord> Waiting,
    [property: Id(1)] IReadOnlyList<UsageRecord> Parked,
    [property: Id(2)] bool IsIdle,
    [property: Id(3)] bool IsRefused,
    [property: Id(4)] DateTimeOffset? SendBy,
    [property: Id(5)] DateTimeOffset? VisitAt);
