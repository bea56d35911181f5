using Tally.Contracts.Moves;

namespace Tally.Api.Moves;

/// <summary>Why a tenant is to be frozen.</summary>
/// <param name="Reason">Why, 1 to 255 characters; needed.</param>
internal sealed record FreezeRequest(string? Reason = null);

/// <summary>That a tenant is to work again.</summary>
/// <param name="Force">Whether also if it was marked as moved; no when left out.</param>
internal sealed record ThawRequest(bool Force = false);

/// <summary>That a tenant is at work elsewhere.</summary>
/// <param name="To">Where, 1 to 255 characters; needed.</param>
internal sealed record MovedRequest(string? To = null);

/// <summary>Whether a tenant is at work here.</summary>
/// <param name="Phase"><c>open</c>, <c>freezing</c>, <c>frozen</c>, <c>moved</c> or <c>importing</c>.</param>
/// <param name="Since">Since when; absent while it was never frozen.</param>
/// <param name="Reason">Why it was frozen; absent while it is open.</param>
/// <param name="MovedTo">Where it is at work instead; absent unless it was moved.</param>
internal sealed record StandingAnswer(string Phase, DateTimeOffset? Since, string? Reason, string? MovedTo)
{
    /// <summary>Shows a standing.</summary>
    /// <param name="standing">The standing.</param>
    /// <returns>The answer.</returns>
    public static StandingAnswer Of(TenantStanding standing) => new(
        standing.Phase switch
        {
            TenantPhase.Open => "open",
            TenantPhase.Freezing => "freezing",
            TenantPhase.Frozen => "frozen",
            TenantPhase.Importing => "importing",
            _ => "moved",
        },
        standing.Since,
        standing.Reason,
        standing.MovedTo);
}
