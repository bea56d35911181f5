using Tally.Contracts.Customers;
using Tally.Domain.Catalogue;

namespace Tally.Contracts.Delivery;

/// <summary>
/// A product's delivery as a whole, over all its flush shards. Its key is <see cref="ProductKey.ToString"/>.
/// </summary>
[Alias("Tally.IDeliveryGrain")]
public interface IDeliveryGrain : IGrainWithStringKey
{
    /// <summary>
    /// Seals what is over and submits what waits. The shards do so by themselves; calling it at any time does no
    /// harm.
    /// </summary>
    /// <returns>
    /// A task that completes when all is sealed, and what AWS's limit lets out at once is answered; the rest is sent
    /// as the limit lets it, without being asked for.
    /// </returns>
    [Alias("Flush")]
    Task Flush();

    /// <summary>Shows how delivery is doing.</summary>
    /// <returns>The status.</returns>
    [Alias("GetStatus")]
    Task<DeliveryStatus> GetStatus();

    /// <summary>Adds up the conservation equation over all customers.</summary>
    /// <returns>Balances by dimension.</returns>
    [Alias("GetBalances")]
    Task<IReadOnlyList<DimensionBalance>> GetBalances();

    /// <summary>Lists customers by name.</summary>
    /// <param name="after">The name to start behind; null for the first.</param>
    /// <param name="countMax">How many at most, 1 to 1,000.</param>
    /// <returns>Names in ordinal order.</returns>
    [Alias("ListCustomers")]
    Task<IReadOnlyList<string>> ListCustomers(string? after, int countMax);
}
