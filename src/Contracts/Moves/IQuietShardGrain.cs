namespace Tally.Contracts.Moves;

/// <summary>
/// A flush shard as whoever freezes its tenant sees it. Its key is that of
/// <see cref="Delivery.IFlushShardGrain"/>.
/// </summary>
[Alias("Tally.IQuietShardGrain")]
public interface IQuietShardGrain : IGrainWithStringKey
{
    /// <summary>Says whether it seals nothing and no call of it is under way.</summary>
    /// <returns>
    /// Whether that is so. Once its tenant is being frozen, and everybody must have heard of it, it stays so.
    /// </returns>
    [Alias("IsQuiet")]
    Task<bool> IsQuiet();
}
