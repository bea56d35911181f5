namespace Tally.Contracts.Delivery;

/// <summary>How a product's delivery is doing.</summary>
/// <param name="Customers">Customers that have ever had usage or a profile.</param>
/// <param name="ActiveCustomers">Customers with something to seal or send.</param>
/// <param name="Waiting">Sealed records that wait to be sent or answered.</param>
/// <param name="Parked">Records whose customers are not subscribed.</param>
/// <param name="Delivered">Records delivered since this actor was started.</param>
/// <param name="Quarantined">Records quarantined since this actor was started.</param>
/// <param name="Expired">Records expired since this actor was started.</param>
/// <param name="LastSubmitted">When AWS last answered a call; null for never.</param>
/// <param name="NextSeal">When the next hour will be sealed.</param>
/// <param name="Problem">Why nothing can be sent at present, for people; null when nothing is wrong.</param>
/// <param name="Suspension">Why the product is suspended; null when it isn't.</param>
[GenerateSerializer, Immutable, Alias("Tally.DeliveryStatus")]
public sealed record DeliveryStatus(
    [property: Id(0)] int Customers,
    [property: Id(1)] int ActiveCustomers,
    [property: Id(2)] int Waiting,
    [property: Id(3)] int Parked,
    [property: Id(4)] long Delivered,
    [property: Id(5)] long Quarantined,
    [property: Id(6)] long Expired,
    [property: Id(7)] DateTimeOffset? LastSubmitted,
    [property: Id(8)] DateTimeOffset NextSeal,
    [property: Id(9)] string? Problem,
    [property: Id(10)] Suspension? Suspension)
{
    /// <summary>Adds what two flush shards of a product say.</summary>
    /// <param name="one">One.</param>
    /// <param name="other">The other.</param>
    /// <returns>What both say together.</returns>
    public static DeliveryStatus operator +(DeliveryStatus one, DeliveryStatus other) => new(
        one.Customers + other.Customers,
        one.ActiveCustomers + other.ActiveCustomers,
        one.Waiting + other.Waiting,
        one.Parked + other.Parked,
        one.Delivered + other.Delivered,
        one.Quarantined + other.Quarantined,
        one.Expired + other.Expired,
        one.LastSubmitted > other.LastSubmitted ? one.LastSubmitted : other.LastSubmitted ?? one.LastSubmitted,
        one.NextSeal < other.NextSeal ? one.NextSeal : other.NextSeal,
        one.Problem ?? other.Problem,
        one.Suspension ?? other.Suspension);
}
