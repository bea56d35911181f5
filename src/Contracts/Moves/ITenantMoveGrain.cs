namespace Tally.Contracts.Moves;

/// <summary>Freezes a tenant. Its key is the tenant's name.</summary>
[Alias("Tally.ITenantMoveGrain")]
public interface ITenantMoveGrain : IGrainWithStringKey
{
    /// <summary>
    /// Freezes the tenant, if it is open: waits until every silo must have heard of it, and until every call to AWS
    /// that was under way is answered and booked. It does so by itself, for as long as it takes.
    /// </summary>
    /// <param name="reason">Why, in words.</param>
    /// <returns>How far it is.</returns>
    [Alias("Freeze")]
    Task<TenantStanding> Freeze(string reason);

    /// <summary>Shows how far it is; a freeze that was interrupted goes on.</summary>
    /// <returns>The standing.</returns>
    [Alias("GetStanding")]
    Task<TenantStanding> GetStanding();
}
