using System.Text.Json.Serialization;

namespace Tally.Emulator;

/// <summary>Whether a customer has an agreement for a product at the moment.</summary>
public enum SubscriptionState
{
    /// <summary>Usage is accepted.</summary>
    [JsonStringEnumMemberName("subscribed")]
    Subscribed,

    /// <summary>Usage is answered with <c>CustomerNotSubscribed</c>, even when the product is open to all.</summary>
    [JsonStringEnumMemberName("unsubscribed")]
    Unsubscribed,
}
