using Tally.Domain.Sealing;

namespace Tally.Domain.Subscriptions;

/// <summary>What is known of a customer's subscription, by notifications and by AWS's answers to its records.</summary>
/// <param name="Notice">The notice that counts; null when there was none.</param>
/// <param name="RefusedAt">
/// Since when AWS answers CustomerNotSubscribed; null when it doesn't. Records are then parked without asking.
/// </param>
/// <remarks>
/// Without any notice a customer counts as subscribed: notices may have come before the platform was there to hear
/// them, and AWS says in its answers who is not.
/// </remarks>
public sealed record Subscription(SubscriptionNotice? Notice, DateTimeOffset? RefusedAt)
{
    /// <summary>Nothing is known.</summary>
    public static Subscription Unknown { get; } = new(null, null);

    /// <summary>Whether the customer's usage is taken. Once its subscription ends, it is not.</summary>
    public bool TakesUsage => Notice is null or { Word: SubscriptionWord.Subscribed };

    /// <summary>Whether its records are held until the customer subscribes.</summary>
    public bool IsRefused => RefusedAt is not null;

    /// <summary>By when its records should be sent: AWS takes them for a while only once a subscription ends.</summary>
    /// <param name="grace">
    /// How long that is: about an hour. Source: the seller guide on <c>unsubscribe-pending</c>.
    /// </param>
    /// <returns>The moment; null when nothing ends.</returns>
    public DateTimeOffset? SendBy(TimeSpan grace) => TakesUsage ? null : Notice?.At + grace;

    /// <summary>Hears a notice.</summary>
    /// <param name="notice">The notice.</param>
    /// <returns>
    /// What is known from then on; the same when the notice is a repetition, or older than the one that counts.
    /// </returns>
    public Subscription Hear(SubscriptionNotice notice)
    {
        ArgumentNullException.ThrowIfNull(notice);
        if (Notice is { } known && (notice.At, notice.Word).CompareTo((known.At, known.Word)) <= 0)
        {
            return this;
        }

        return new(notice, notice.Word == SubscriptionWord.Subscribed ? null : RefusedAt);
    }

    /// <summary>Hears what became of one of the customer's records.</summary>
    /// <param name="settlement">What became of it.</param>
    /// <returns>What is known from then on.</returns>
    /// <remarks>A record that somebody releases is to be sent, so the customer is asked about again.</remarks>
    public Subscription Hear(Settlement settlement)
    {
        ArgumentNullException.ThrowIfNull(settlement);
        return settlement.State switch
        {
            RecordState.Parked => this with { RefusedAt = RefusedAt ?? settlement.At },
            RecordState.Delivered or RecordState.Waiting => this with { RefusedAt = null },
            _ => this,
        };
    }
}
