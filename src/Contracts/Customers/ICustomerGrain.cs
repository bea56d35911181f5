using Tally.Domain.Catalogue;
using Tally.Domain.Sealing;
using Tally.Domain.Subscriptions;

namespace Tally.Contracts.Customers;

/// <summary>
/// One customer of one product: counts its events, seals its hours and books what became of its records. Its key is
/// <see cref="CustomerKey.ToString"/>.
/// </summary>
[Alias("Tally.ICustomerGrain")]
public interface ICustomerGrain : IGrainWithStringKey
{
    /// <summary>Counts events. When it returns, what was counted is durable.</summary>
    /// <param name="batch">The events.</param>
    /// <returns>What became of each.</returns>
    /// <exception cref="UsageStoreUnavailableException">
    /// The events may or may not be counted; sending them again is harmless and right.
    /// </exception>
    [Alias("Post")]
    ValueTask<PostReply> Post(UsageBatch batch);

    /// <summary>Seals every hour up to one and hands out the records that wait to be sent.</summary>
    /// <param name="throughSeconds">The start of the last hour to seal, in seconds since 1970.</param>
    /// <returns>The records, which are stored.</returns>
    [Alias("Seal")]
    Task<SealReply> Seal(long throughSeconds);

    /// <summary>Books what became of records; booking it again changes nothing. Durable when it returns.</summary>
    /// <param name="settlements">What happened.</param>
    /// <returns>A task that completes when it is stored.</returns>
    [Alias("Settle")]
    Task Settle([Immutable] IReadOnlyList<Settlement> settlements);

    /// <summary>
    /// Releases, corrects or writes off a record that AWS didn't take. Durable when it returns, and known to the
    /// product's delivery; asking again changes nothing.
    /// </summary>
    /// <param name="amendment">What is wanted.</param>
    /// <returns>Whether it is done, or why not.</returns>
    /// <exception cref="UsageStoreUnavailableException">
    /// It may or may not be done; asking again is harmless and right.
    /// </exception>
    [Alias("Amend")]
    Task<AmendReply> Amend(RecordAmendment amendment);

    /// <summary>Shows open accumulators, records and receipts.</summary>
    /// <returns>The customer's usage; null when the customer is not known.</returns>
    [Alias("GetUsage")]
    Task<CustomerUsage?> GetUsage();

    /// <summary>Computes the conservation equation of each dimension.</summary>
    /// <returns>Balances by dimension.</returns>
    [Alias("GetBalances")]
    Task<IReadOnlyList<DimensionBalance>> GetBalances();

    /// <summary>Shows who the customer is.</summary>
    /// <returns>The profile; null when the customer is not known.</returns>
    [Alias("GetProfile")]
    Task<CustomerProfile?> GetProfile();

    /// <summary>Says who the customer is; records sealed from now on carry its identity.</summary>
    /// <param name="profile">The profile.</param>
    /// <returns>A task that completes when it is stored.</returns>
    [Alias("PutProfile")]
    Task PutProfile(CustomerProfile profile);

    /// <summary>
    /// Hears of the customer's subscription. When it is subscribed, parked records are released; when its
    /// subscription ends, everything is sealed at once, the hour under way included, and later usage is refused.
    /// Durable when it returns, and known to the product's delivery. Repetitions and older notices change nothing.
    /// </summary>
    /// <param name="notice">The notice.</param>
    /// <returns>What is known from then on; null when the product isn't known.</returns>
    /// <exception cref="UsageStoreUnavailableException">
    /// The notice may or may not be heard; giving it again is harmless and right.
    /// </exception>
    [Alias("Notify")]
    Task<Subscription?> Notify(SubscriptionNotice notice);

    /// <summary>Shows what is known of the customer's subscription.</summary>
    /// <returns>What is known; null when the customer is not known.</returns>
    [Alias("GetSubscription")]
    Task<Subscription?> GetSubscription();

    /// <summary>Stores a snapshot, so that the journal behind it may go.</summary>
    /// <returns>A task that completes when it is stored.</returns>
    [Alias("Checkpoint")]
    Task Checkpoint();
}
