namespace Tally.Contracts.Tenants;

/// <summary>The list of all tenants. There is one, with the key <see cref="TheKey"/>.</summary>
[Alias("Tally.ITenantDirectoryGrain")]
public interface ITenantDirectoryGrain : IGrainWithStringKey
{
    /// <summary>The key of the one directory.</summary>
    const string TheKey = "all";

    /// <summary>Enters a tenant; entering it again changes nothing.</summary>
    /// <param name="tenant">The tenant's name.</param>
    /// <returns>A task that completes when it is stored.</returns>
    [Alias("Add")]
    Task Add(string tenant);

    /// <summary>Shows every tenant that was ever entered.</summary>
    /// <returns>Names in ordinal order.</returns>
    [Alias("List")]
    Task<IReadOnlyList<string>> List();
}
