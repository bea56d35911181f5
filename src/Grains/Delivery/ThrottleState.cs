using Tally.Domain.Delivery.Throttling;

namespace Tally.Grains.Delivery;

/// <summary>What an account's throttle stores. A storage format.</summary>
[GenerateSerializer, Alias("Tally.ThrottleState")]
internal sealed class ThrottleState
{
    /// <summary>What is known about the account's limit; null for nothing.</summary>
    [Id(0)]
    public RateState? Rate { get; set; }
}
