using Tally.Api.Errors;
using Tally.Api.Hosting;
using Tally.Contracts.Tenants;
using Tally.Domain.Catalogue;

namespace Tally.Api.Tenants;

/// <summary>Tenants: what the platform's operator does.</summary>
/// <param name="grains">Where tenants are.</param>
/// <param name="keys">How keys are made.</param>
/// <param name="bodies">How bodies are read.</param>
internal sealed class TenantOperations(IGrainFactory grains, KeyOperations keys, JsonBody bodies)
{
    /// <summary>Makes or renames a tenant.</summary>
    /// <param name="call">The request.</param>
    /// <returns>Why not; null when it is done.</returns>
    public async Task<Problem?> Put(ApiCall call)
    {
        var name = call["tenant"];
        if (!Names.IsTenant(name))
        {
            return new(
                ProblemCode.InvalidParameter, "A tenant's name has 1 to 63 lower-case letters, digits and hyphens.");
        }

        var (request, problem) = await bodies.Read(call, ApiJsonContext.Default.TenantRequest);
        if (request is null)
        {
            return problem;
        }

        var title = string.IsNullOrEmpty(request.Title) ? name : request.Title;
        if (title.Length > Names.LengthMax)
        {
            return new(ProblemCode.InvalidBody, "The tenant is not changed.")
            {
                Errors = [new FieldError("title", "too_long", "A title has at most 255 characters.")],
            };
        }

        // The list comes first: a tenant that is listed but not made is found missing, the other way it is forgotten.
        await grains.GetGrain<ITenantDirectoryGrain>(ITenantDirectoryGrain.TheKey).Add(name);
        var tenant = await grains.GetGrain<ITenantGrain>(name).Put(title);
        await call.Answer(TenantAnswer.Of(tenant), ApiJsonContext.Default.TenantAnswer);
        return null;
    }

    /// <summary>Shows a tenant.</summary>
    /// <param name="call">The request.</param>
    /// <returns>Why not; null when it is done.</returns>
    public async Task<Problem?> Get(ApiCall call)
    {
        if (await Find(call) is not { } tenant)
        {
            return new(ProblemCode.UnknownTenant);
        }

        await call.Answer(TenantAnswer.Of(tenant), ApiJsonContext.Default.TenantAnswer);
        return null;
    }

    /// <summary>Lists all tenants.</summary>
    /// <param name="call">The request.</param>
    /// <returns>Why not; null when it is done.</returns>
    public async Task<Problem?> List(ApiCall call)
    {
        var names = await grains.GetGrain<ITenantDirectoryGrain>(ITenantDirectoryGrain.TheKey).List();
        await call.Answer(new TenantListAnswer(names), ApiJsonContext.Default.TenantListAnswer);
        return null;
    }

    /// <summary>Makes a key for a tenant.</summary>
    /// <param name="call">The request.</param>
    /// <returns>Why not; null when it is done.</returns>
    public async Task<Problem?> CreateKey(ApiCall call) => await Find(call) is { } tenant
        ? await keys.Create(call, tenant.Name)
        : new(ProblemCode.UnknownTenant);

    private async ValueTask<TenantInfo?> Find(ApiCall call) =>
        Names.IsTenant(call["tenant"]) ? await grains.GetGrain<ITenantGrain>(call["tenant"]).Get() : null;
}
