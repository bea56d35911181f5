using Tally.Api.Errors;
using Tally.Api.Hosting;
using Tally.Contracts.Moves;
using Tally.Contracts.Tenants;
using Tally.Domain.Catalogue;

namespace Tally.Api.Moves;

/// <summary>Freezes and thaws tenants: a caller its own one, the platform's operator each.</summary>
/// <param name="grains">Where tenants are.</param>
/// <param name="bodies">How bodies are read.</param>
internal sealed class StandingOperations(IGrainFactory grains, JsonBody bodies)
{
    /// <summary>Has something done to the tenant that the path names.</summary>
    /// <param name="act">What to do.</param>
    /// <returns>What does it; it says why not, or null when it is done.</returns>
    public Func<ApiCall, Task<Problem?>> OfPath(Func<ApiCall, string, Task<Problem?>> act) => async call =>
        await IsKnown(call["tenant"]) ? await act(call, call["tenant"]) : new(ProblemCode.UnknownTenant);

    /// <summary>Shows whether the tenant is at work here.</summary>
    /// <param name="call">The request.</param>
    /// <param name="tenant">Which tenant.</param>
    /// <returns>Why not; null when it is done.</returns>
    public async Task<Problem?> Get(ApiCall call, string tenant) =>
        await Answer(call, await grains.GetGrain<ITenantMoveGrain>(tenant).GetStanding());

    /// <summary>Freezes the tenant, or shows how far that is.</summary>
    /// <param name="call">The request.</param>
    /// <param name="tenant">Which tenant.</param>
    /// <returns>Why not; null when it is done.</returns>
    public async Task<Problem?> Freeze(ApiCall call, string tenant)
    {
        var (request, problem) = await bodies.Read(call, ApiJsonContext.Default.FreezeRequest);
        if (request is null)
        {
            return problem;
        }

        return Invalid("reason", request.Reason)
            ?? await Answer(call, await grains.GetGrain<ITenantMoveGrain>(tenant).Freeze(request.Reason!));
    }

    /// <summary>Lets the tenant work again.</summary>
    /// <param name="call">The request.</param>
    /// <param name="tenant">Which tenant.</param>
    /// <returns>Why not; null when it is done.</returns>
    public async Task<Problem?> Thaw(ApiCall call, string tenant)
    {
        var (request, problem) = await bodies.Read(call, ApiJsonContext.Default.ThawRequest);
        if (request is null)
        {
            return problem;
        }

        var standing = await Standing(tenant).Thaw(request.Force);
        return standing.Phase == TenantPhase.Open
            ? await Answer(call, standing)
            : new(
                ProblemCode.TenantStanding,
                standing.Phase == TenantPhase.Importing
                    ? "The tenant is being imported; complete the import first."
                    : $"The tenant was moved ({standing.MovedTo}); two that work would both bill. Thaw it by force.");
    }

    /// <summary>Says that the tenant is at work elsewhere.</summary>
    /// <param name="call">The request.</param>
    /// <param name="tenant">Which tenant.</param>
    /// <returns>Why not; null when it is done.</returns>
    public async Task<Problem?> MarkMoved(ApiCall call, string tenant)
    {
        var (request, problem) = await bodies.Read(call, ApiJsonContext.Default.MovedRequest);
        if (request is null)
        {
            return problem;
        }

        if (Invalid("to", request.To) is { } invalid)
        {
            return invalid;
        }

        var standing = await Standing(tenant).MarkMoved(request.To!);
        return standing.Phase == TenantPhase.Moved
            ? await Answer(call, standing)
            : new(ProblemCode.TenantStanding, "Only a tenant that is frozen can be marked as moved.");
    }

    /// <summary>A tenant that is being imported is not there yet, but has a standing.</summary>
    private async Task<bool> IsKnown(string tenant) => Names.IsTenant(tenant)
        && (await grains.GetGrain<ITenantGrain>(tenant).Get() is not null
            || (await Standing(tenant).Get()).Phase == TenantPhase.Importing);

    private ITenantStandingGrain Standing(string tenant) => grains.GetGrain<ITenantStandingGrain>(tenant);

    private static Problem? Invalid(string field, string? text) => text is { Length: > 0 and <= Names.LengthMax }
        ? null
        : new(ProblemCode.InvalidBody, "The tenant is not changed.")
        {
            Errors = [new FieldError(field, "invalid_length", "This has 1 to 255 characters.")],
        };

    private static async Task<Problem?> Answer(ApiCall call, TenantStanding standing)
    {
        await call.Answer(StandingAnswer.Of(standing), ApiJsonContext.Default.StandingAnswer);
        return null;
    }
}
