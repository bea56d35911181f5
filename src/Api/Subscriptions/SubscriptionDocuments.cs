namespace Tally.Api.Subscriptions;

/// <summary>What AWS Marketplace has said of a customer's subscription.</summary>
/// <param name="Word"><c>subscribed</c>, <c>unsubscribe_pending</c> or <c>unsubscribed</c>.</param>
/// <param name="At">
/// When that came about, by AWS's clock, as the notification says; now when left out. Older than what is known, it
/// changes nothing.
/// </param>
internal sealed record SubscriptionRequest(string? Word = null, DateTimeOffset? At = null);

/// <summary>What is known of a customer's subscription.</summary>
/// <param name="Customer">What events call the customer.</param>
/// <param name="Word">The last word of AWS Marketplace; absent when there was none.</param>
/// <param name="At">When that came about.</param>
/// <param name="TakesUsage">Whether usage events of the customer are taken.</param>
/// <param name="RefusedSince">
/// Since when AWS answers that the customer isn't subscribed, so that its records are parked; absent when it doesn't.
/// </param>
internal sealed record SubscriptionAnswer(
    string Customer,
    string? Word,
    DateTimeOffset? At,
    bool TakesUsage,
    DateTimeOffset? RefusedSince);
