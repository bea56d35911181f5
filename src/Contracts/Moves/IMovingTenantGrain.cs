namespace Tally.Contracts.Moves;

/// <summary>
/// A tenant's own data as whoever moves it sees them. Its key is that of <see cref="Tenants.ITenantGrain"/>.
/// </summary>
[Alias("Tally.IMovingTenantGrain")]
public interface IMovingTenantGrain : IGrainWithStringKey
{
    /// <summary>Hands out what it has.</summary>
    /// <returns>The tenant; null when there is none of this name.</returns>
    [Alias("Export")]
    Task<MovedTenant?> Export();

    /// <summary>Says whether something may become this tenant.</summary>
    /// <param name="export">Of which export a tenant may be here already; null for none.</param>
    /// <returns>Whether there is no tenant of this name, or only that of the export.</returns>
    [Alias("IsFreeFor")]
    Task<bool> IsFreeFor(string? export);

    /// <summary>
    /// Stores what it has from now on, and makes its keys known; doing so again changes nothing. No key gets the
    /// platform's own scope here.
    /// </summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="export">Of which export it is.</param>
    /// <returns>The ids of keys that were left out: they may do nothing, or are another tenant's here.</returns>
    [Alias("Import")]
    Task<IReadOnlyList<string>> Import(MovedTenant tenant, string export);
}
