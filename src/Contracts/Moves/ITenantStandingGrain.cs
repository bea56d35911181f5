namespace Tally.Contracts.Moves;

/// <summary>
/// Remembers whether a tenant is at work here. Its key is the tenant's name. Every answer is read from the store, so
/// that also in a cluster that is split nobody hears anything older than the question. It asks no other actor.
/// </summary>
[Alias("Tally.ITenantStandingGrain")]
public interface ITenantStandingGrain : IGrainWithStringKey
{
    /// <summary>Shows the standing as it is stored.</summary>
    /// <returns>The standing.</returns>
    [Alias("Get")]
    Task<TenantStanding> Get();

    /// <summary>
    /// Begins to freeze a tenant that is open; any other stays as it is. <see cref="ITenantMoveGrain"/> brings it to
    /// its end.
    /// </summary>
    /// <param name="reason">Why, in words.</param>
    /// <returns>What holds from then on.</returns>
    [Alias("Freeze")]
    Task<TenantStanding> Freeze(string reason);

    /// <summary>Says that nothing of a tenant is under way any more.</summary>
    /// <param name="freezeId">Which freeze this is said of; it changes nothing if that is over.</param>
    /// <returns>What holds from then on.</returns>
    [Alias("Settled")]
    Task<TenantStanding> Settled(string freezeId);

    /// <summary>Lets a tenant work again.</summary>
    /// <param name="isForced">Whether also one that was moved.</param>
    /// <returns>What holds from then on.</returns>
    [Alias("Thaw")]
    Task<TenantStanding> Thaw(bool isForced);

    /// <summary>Says that a frozen tenant is at work elsewhere; any other stays as it is.</summary>
    /// <param name="to">Where, in words.</param>
    /// <returns>What holds from then on.</returns>
    [Alias("MarkMoved")]
    Task<TenantStanding> MarkMoved(string to);

    /// <summary>
    /// Begins to take in an export, or begins again if it was interrupted; any other standing than that, or that of a
    /// tenant that is open, stays as it is.
    /// </summary>
    /// <param name="export">Which export.</param>
    /// <returns>
    /// What holds from then on; <see cref="TenantStanding.FreezeId"/> tells this attempt from those before.
    /// </returns>
    [Alias("BeginImport")]
    Task<TenantStanding> BeginImport(string export);

    /// <summary>Ends an import; one that another attempt has taken over changes nothing.</summary>
    /// <param name="session">Which attempt.</param>
    /// <param name="isComplete">
    /// Whether all of it is here, so that the tenant is frozen; otherwise it is as if nothing had begun.
    /// </param>
    /// <returns>What holds from then on.</returns>
    [Alias("EndImport")]
    Task<TenantStanding> EndImport(string session, bool isComplete);
}
