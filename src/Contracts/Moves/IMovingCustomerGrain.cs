namespace Tally.Contracts.Moves;

/// <summary>
/// A customer as whoever moves its tenant sees it. Its key is that of <see cref="Customers.ICustomerGrain"/>.
/// </summary>
[Alias("Tally.IMovingCustomerGrain")]
public interface IMovingCustomerGrain : IGrainWithStringKey
{
    /// <summary>Hands out all that it knows; changes nothing.</summary>
    /// <returns>The customer.</returns>
    [Alias("Export")]
    Task<MovedCustomer> Export();

    /// <summary>Stores what it is to know from now on; doing so again changes nothing.</summary>
    /// <param name="customer">The customer.</param>
    /// <param name="export">Of which export it is.</param>
    /// <returns>A task that completes when it is stored.</returns>
    /// <exception cref="InvalidOperationException">
    /// It knows something that isn't of that export, or has gone on since.
    /// </exception>
    [Alias("Import")]
    Task Import(MovedCustomer customer, string export);
}
