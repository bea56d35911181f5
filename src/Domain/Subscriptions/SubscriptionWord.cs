namespace Tally.Domain.Subscriptions;

/// <summary>
/// What AWS Marketplace says of a customer's subscription. Of two notices of the same moment the later word here
/// counts, as the one that ends more.
/// </summary>
public enum SubscriptionWord
{
    /// <summary>
    /// The customer is subscribed: <c>subscribe-success</c>, or <c>License Updated</c>.
    /// </summary>
    Subscribed = 0,

    /// <summary>
    /// The subscription ends, and what was used must be sent within about an hour: <c>unsubscribe-pending</c>, or
    /// <c>License Deprovisioned</c>.
    /// </summary>
    UnsubscribePending = 1,

    /// <summary>The subscription has ended: <c>unsubscribe-success</c>.</summary>
    Unsubscribed = 2,
}
