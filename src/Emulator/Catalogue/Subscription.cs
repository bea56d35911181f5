namespace Tally.Emulator.Catalogue;

/// <summary>Whether one customer is subscribed to one product.</summary>
/// <param name="State">What was said last.</param>
/// <param name="FlushUntil">Until when usage is still accepted after an unsubscription; null: it isn't.</param>
internal sealed record Subscription(SubscriptionState State, DateTimeOffset? FlushUntil = null)
{
    public bool AcceptsAt(DateTimeOffset now) => State is SubscriptionState.Subscribed || now < FlushUntil;
}
