namespace Tally.Contracts.Tenants;

/// <summary>
/// One pair of access key id and secret, found by its id. The secret is derived, so nobody keeps it: see
/// <see cref="Domain.Tenancy.AccessKeyPair"/>.
/// </summary>
[Alias("Tally.IAccessKeyGrain")]
public interface IAccessKeyGrain : IGrainWithStringKey
{
    /// <summary>Shows whose pair it is.</summary>
    /// <returns>The pair; null when there is no such pair, or no more.</returns>
    [Alias("Get")]
    Task<ApiKeyIdentity?> Get();

    /// <summary>Makes the pair known from now on.</summary>
    /// <param name="identity">Whose it is and what it may do.</param>
    /// <returns>A task that completes when it is stored.</returns>
    [Alias("Put")]
    Task Put(ApiKeyIdentity identity);

    /// <summary>Forgets the pair, so that nobody is let in with it any more.</summary>
    /// <returns>A task that completes when that is stored.</returns>
    [Alias("Remove")]
    Task Remove();
}
