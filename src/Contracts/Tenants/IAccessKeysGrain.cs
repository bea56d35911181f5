namespace Tally.Contracts.Tenants;

/// <summary>
/// The access key pairs of a tenant, which AWS's clients sign with. Its key is the tenant's name. The secrets depend
/// on the installation's master key, so the pairs stay behind when a tenant moves to another installation.
/// </summary>
[Alias("Tally.IAccessKeysGrain")]
public interface IAccessKeysGrain : IGrainWithStringKey
{
    /// <summary>Makes a pair.</summary>
    /// <param name="name">A name for people, at most 255 characters.</param>
    /// <param name="scopes">What it may do, at least one of <see cref="ApiScopes"/>.</param>
    /// <returns>The pair, by its id; null when the tenant has <see cref="PairsMax"/> already.</returns>
    [Alias("Create")]
    Task<ApiKeyInfo?> Create(string name, IReadOnlyList<string> scopes);

    /// <summary>Lists the tenant's pairs, without their secrets.</summary>
    /// <returns>The pairs, in the order in which they were made.</returns>
    [Alias("List")]
    Task<IReadOnlyList<ApiKeyInfo>> List();

    /// <summary>Revokes a pair; other processes may honour it for some seconds more.</summary>
    /// <param name="id">The access key id.</param>
    /// <returns>Whether there was such a pair.</returns>
    [Alias("Revoke")]
    Task<bool> Revoke(string id);

    /// <summary>How many pairs a tenant has at most.</summary>
    const int PairsMax = 1_000;
}
