using Microsoft.AspNetCore.Http;
using Tally.Api.Errors;
using Tally.Api.Hosting;
using Tally.Contracts.Tenants;
using Tally.Domain.Catalogue;
using Tally.Domain.Tenancy;

namespace Tally.Api.Credentials;

/// <summary>With which credentials tenants' AWS accounts are called, which is the operator's business.</summary>
/// <param name="grains">Where tenants are.</param>
/// <param name="bodies">How bodies are read.</param>
internal sealed class CredentialOperations(IGrainFactory grains, JsonBody bodies)
{
    /// <summary>Says how a tenant's account is called.</summary>
    /// <param name="call">The request.</param>
    /// <returns>Why not; null when it is done.</returns>
    public async Task<Problem?> Put(ApiCall call)
    {
        if (await Find(call) is not { } grain)
        {
            return new(ProblemCode.UnknownTenant);
        }

        var (request, problem) = await bodies.Read(call, ApiJsonContext.Default.CredentialsRequest);
        if (request is null)
        {
            return problem;
        }

        var access = request.ToAccess();
        if (AwsAccessRules.Check(access) is { Count: > 0 } errors)
        {
            return new(ProblemCode.InvalidBody, "The credentials are not changed.") { Errors = errors };
        }

        access = access == new AwsAccess() ? null : access;
        await grain.Put(access);
        return await Answer(call, access);
    }

    /// <summary>Shows how a tenant's account is called.</summary>
    /// <param name="call">The request.</param>
    /// <returns>Why not; null when it is done.</returns>
    public async Task<Problem?> Get(ApiCall call) => await Find(call) is { } grain
        ? await Answer(call, await grain.Get())
        : new(ProblemCode.UnknownTenant);

    /// <summary>Goes back to the installation's own credentials.</summary>
    /// <param name="call">The request.</param>
    /// <returns>Why not; null when it is done.</returns>
    public async Task<Problem?> Delete(ApiCall call)
    {
        if (await Find(call) is not { } grain)
        {
            return new(ProblemCode.UnknownTenant);
        }

        await grain.Put(null);
        call.Http.Response.StatusCode = StatusCodes.Status204NoContent;
        return null;
    }

    private static async Task<Problem?> Answer(ApiCall call, AwsAccess? access)
    {
        await call.Answer(
            CredentialsAnswer.Of(call["tenant"], access), ApiJsonContext.Default.CredentialsAnswer);
        return null;
    }

    private async Task<IAwsAccessGrain?> Find(ApiCall call)
    {
        var tenant = call["tenant"];
        return Names.IsTenant(tenant) && await grains.GetGrain<ITenantGrain>(tenant).Get() is not null
            ? grains.GetGrain<IAwsAccessGrain>(tenant)
            : null;
    }
}
