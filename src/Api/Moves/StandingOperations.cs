using Tally.Api.Errors;
using Tally.Api.Hosting;
using Tally.Contracts.Moves;
using Tally.Domain.Catalogue;

namespace Tally.Api.Moves;

/// <summary>Freezes and thaws the caller's own tenant.</summary>
/// <param name="grains">Where tenants are.</param>
/// <param name="bodies">How bodies are read.</param>
internal sealed class StandingOperations(IGrainFactory grains, JsonBody bodies)
{
    /// <summary>Shows whether the tenant is at work here.</summary>
    /// <param name="call">The request.</param>
    /// <returns>Why not; null when it is done.</returns>
    public async Task<Problem?> Get(ApiCall call) =>
        await Answer(call, await grains.GetGrain<ITenantMoveGrain>(call.Tenant).GetStanding());

    /// <summary>Freezes the tenant, or shows how far that is.</summary>
    /// <param name="call">The request.</param>
    /// <returns>Why not; null when it is done.</returns>
    public async Task<Problem?> Freeze(ApiCall call)
    {
        var (request, problem) = await bodies.Read(call, ApiJsonContext.Default.FreezeRequest);
        if (request is null)
        {
            return problem;
        }

        return Invalid("reason", request.Reason)
            ?? await Answer(call, await grains.GetGrain<ITenantMoveGrain>(call.Tenant).Freeze(request.Reason!));
    }

    /// <summary>Lets the tenant work again.</summary>
    /// <param name="call">The request.</param>
    /// <returns>Why not; null when it is done.</returns>
    public async Task<Problem?> Thaw(ApiCall call)
    {
        var (request, problem) = await bodies.Read(call, ApiJsonContext.Default.ThawRequest);
        if (request is null)
        {
            return problem;
        }

        var standing = await Standing(call).Thaw(request.Force);
        return standing.Phase == TenantPhase.Open
            ? await Answer(call, standing)
            : new(
                ProblemCode.TenantStanding,
                $"The tenant was moved ({standing.MovedTo}); two that work would both bill. Thaw it by force.");
    }

    /// <summary>Says that the tenant is at work elsewhere.</summary>
    /// <param name="call">The request.</param>
    /// <returns>Why not; null when it is done.</returns>
    public async Task<Problem?> MarkMoved(ApiCall call)
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

        var standing = await Standing(call).MarkMoved(request.To!);
        return standing.Phase == TenantPhase.Moved
            ? await Answer(call, standing)
            : new(ProblemCode.TenantStanding, "Only a tenant that is frozen can be marked as moved.");
    }

    private ITenantStandingGrain Standing(ApiCall call) => grains.GetGrain<ITenantStandingGrain>(call.Tenant);

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
