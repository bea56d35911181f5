namespace Tally.Domain.Subscriptions;

/// <summary>A notification about a customer's subscription. They come more than once and in any order.</summary>
/// <param name="Word">What it says.</param>
/// <param name="At">When that came about, by AWS's clock; decides which of two notices counts.</param>
public sealed record SubscriptionNotice(SubscriptionWord Word, DateTimeOffset At);
