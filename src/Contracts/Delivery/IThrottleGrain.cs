using Orleans.Concurrency;
using Tally.Domain.Catalogue;

namespace Tally.Contracts.Delivery;

/// <summary>
/// The throttle of one AWS account and region: every call of every product that is delivered through it, on whichever
/// silo, is let out here. Its key is the account's name.
/// </summary>
[Alias("Tally.IThrottleGrain")]
public interface IThrottleGrain : IGrainWithStringKey
{
    /// <summary>Starts a call, if it may start now.</summary>
    /// <param name="product">Whose; <see cref="ProductKey.ToString"/>.</param>
    /// <param name="shard">Which of its flush shards asks. It has one asker.</param>
    /// <param name="sendBy">By when the first of the shard's waiting records should be sent.</param>
    /// <returns>The call, whose end must be reported, or how long to wait before asking again.</returns>
    [Alias("TryStart")]
    ValueTask<ThrottleTurn> TryStart(string product, int shard, DateTimeOffset sendBy);

    /// <summary>Reports how a call ended.</summary>
    /// <param name="report">The call, and how.</param>
    /// <returns>A task that completes when the report is on its way.</returns>
    [Alias("Finished"), OneWay]
    Task Finished(CallReport report);

    /// <summary>Says that a shard has nothing to send, so that nobody waits for it.</summary>
    /// <param name="product">Whose.</param>
    /// <param name="shard">Which.</param>
    /// <returns>A task that completes when the word is on its way.</returns>
    [Alias("Withdraw"), OneWay]
    Task Withdraw(string product, int shard);
}
