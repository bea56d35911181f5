using Tally.Domain.Entitlement;

namespace Tally.Contracts.Entitlement;

/// <summary>Whether a buyer may use a product.</summary>
/// <param name="Verdict">What AWS said last; unknown as long as it could not be asked.</param>
/// <param name="Code">AWS's error code; null when nothing is wrong.</param>
/// <param name="Message">What is wrong, for people; null when nothing is.</param>
/// <param name="Since">Since when it is so.</param>
[GenerateSerializer, Immutable, Alias("Tally.EntitlementStatus")]
public sealed record EntitlementStatus(
    [property: Id(0)] EntitlementVerdict Verdict,
    [property: Id(1)] string? Code,
    [property: Id(2)] string? Message,
    [property: Id(3)] DateTimeOffset Since);
