namespace Tally.Contracts.Moves;

/// <summary>Whether a tenant is at work here, since when and why.</summary>
/// <param name="Phase">How far it is from taking usage to being at rest.</param>
/// <param name="Since">Since when; null while it was never frozen.</param>
/// <param name="Reason">Why it was frozen, in words; null while it is open.</param>
/// <param name="FreezeId">Which freeze it is; null while it is open.</param>
/// <param name="MovedTo">Where it is at work instead, in words; null unless it was moved.</param>
[GenerateSerializer, Immutable, Alias("Tally.TenantStanding")]
public sealed record TenantStanding(
    [property: Id(0)] TenantPhase Phase,
    [property: Id(1)] DateTimeOffset? Since,
    [property: Id(2)] string? Reason,
    [property: Id(3)] string? FreezeId,
    [property: Id(4)] string? MovedTo)
{
    /// <summary>Which export it was, or is being, taken in from; null once it was open here.</summary>
    [Id(5)]
    public string? ImportOf { get; init; }

    /// <summary>What holds of a tenant that nobody ever froze.</summary>
    public static TenantStanding Open { get; } = new(TenantPhase.Open, null, null, null, null);
}
