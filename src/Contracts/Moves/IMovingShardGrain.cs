namespace Tally.Contracts.Moves;

/// <summary>
/// A flush shard as whoever moves its tenant sees it. Its key is that of <see cref="Delivery.IFlushShardGrain"/>.
/// </summary>
[Alias("Tally.IMovingShardGrain")]
public interface IMovingShardGrain : IGrainWithStringKey
{
    /// <summary>Shows what tells its records from those of other installations.</summary>
    /// <returns>The text; null when it was never needed.</returns>
    [Alias("GetInstallation")]
    Task<string?> GetInstallation();

    /// <summary>Enters customers into its index.</summary>
    /// <param name="customers">The customers.</param>
    /// <param name="installation">
    /// What tells its records from others, if it has nothing of that kind; null to leave it.
    /// </param>
    /// <returns>A task that completes when it is stored.</returns>
    [Alias("Import")]
    Task Import(IReadOnlyList<string> customers, string? installation);
}
