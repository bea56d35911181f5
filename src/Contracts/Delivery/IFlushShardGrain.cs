using Tally.Contracts.Customers;
using Tally.Domain.Delivery;
using Tally.Domain.Sealing;

namespace Tally.Contracts.Delivery;

/// <summary>
/// A part of a product's flush: knows which of its customers have something to seal or send, has them seal it when
/// an hour is over, and submits the records. Its key is <see cref="FlushShardKey.ToString"/>.
/// </summary>
[Alias("Tally.IFlushShardGrain")]
public interface IFlushShardGrain : IGrainWithStringKey
{
    /// <summary>
    /// Enters a customer into the flush index. Durable when it returns; an event is acknowledged only after that, so
    /// that no hour is ever forgotten.
    /// </summary>
    /// <param name="customer">The customer.</param>
    /// <returns>
    /// Whether it was stored just now; if not, it was in the index already, as this actor remembers it.
    /// </returns>
    [Alias("Register")]
    Task<bool> Register(string customer);

    /// <summary>
    /// Enters a customer into the flush index, and stores the index even if it is there already: so an actor that
    /// another has taken the place of finds out, instead of giving word from an index that is no longer the stored one.
    /// </summary>
    /// <param name="customer">The customer.</param>
    /// <returns>A task that completes when it is stored.</returns>
    [Alias("Confirm")]
    Task Confirm(string customer);

    /// <summary>
    /// Seals what is over and submits what waits. Called by timer and reminder; calling it at any time, or twice at
    /// once, does no harm.
    /// </summary>
    /// <returns>
    /// A task that completes when all is sealed, and what AWS's limit lets out at once is answered; the rest is sent
    /// as the limit lets it, without being asked for.
    /// </returns>
    [Alias("Flush")]
    Task Flush();

    /// <summary>
    /// Hears at once of a record that was released, corrected or written off, which its customer has stored. Should
    /// this be lost, a released record is found by the next flush, as its customer is in the index.
    /// </summary>
    /// <param name="customer">The customer.</param>
    /// <param name="record">The record as it is now, waiting or written off.</param>
    /// <returns>A task that completes when it is known.</returns>
    [Alias("Amended")]
    Task Amended(string customer, RecordView record);

    /// <summary>
    /// Hears at once what a customer has to send after its subscription has changed, and sends it. Should this be
    /// lost, the next flush asks the customer, as it is in the index.
    /// </summary>
    /// <param name="customer">The customer.</param>
    /// <param name="toSend">What it has to send.</param>
    /// <returns>A task that completes when it is known.</returns>
    [Alias("Heard")]
    Task Heard(string customer, SealReply toSend);

    /// <summary>Shows how the shard's delivery is doing.</summary>
    /// <returns>The status.</returns>
    [Alias("GetStatus")]
    Task<DeliveryStatus> GetStatus();

    /// <summary>Adds up the conservation equation over the shard's customers.</summary>
    /// <returns>Balances by dimension.</returns>
    [Alias("GetBalances")]
    Task<IReadOnlyList<DimensionBalance>> GetBalances();

    /// <summary>Lists the shard's customers by name.</summary>
    /// <param name="after">The name to start behind; null for the first.</param>
    /// <param name="countMax">How many at most, 1 to 1,000.</param>
    /// <returns>Names in ordinal order.</returns>
    [Alias("ListCustomers")]
    Task<IReadOnlyList<string>> ListCustomers(string? after, int countMax);
}
