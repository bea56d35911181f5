using Microsoft.AspNetCore.Http;
using Tally.Api.Authentication;
using Tally.Api.Errors;
using Tally.Api.Hosting;
using Tally.Contracts.Tenants;
using Tally.Domain.Catalogue;

namespace Tally.Api.Tenants;

/// <summary>API keys: make, list and revoke them.</summary>
/// <param name="grains">Where tenants are.</param>
/// <param name="ring">Which keys this process remembers.</param>
/// <param name="bodies">How bodies are read.</param>
internal sealed class KeyOperations(IGrainFactory grains, KeyRing ring, JsonBody bodies)
{
    /// <summary>Makes a key for the caller's own tenant.</summary>
    /// <param name="call">The request.</param>
    /// <returns>Why not; null when it is done.</returns>
    public Task<Problem?> Create(ApiCall call) => Create(call, call.Tenant);

    /// <summary>Makes a key for a tenant that exists.</summary>
    /// <param name="call">The request.</param>
    /// <param name="tenant">The tenant.</param>
    /// <returns>Why not; null when it is done.</returns>
    public async Task<Problem?> Create(ApiCall call, string tenant)
    {
        var (request, problem) = await bodies.Read(call, ApiJsonContext.Default.KeyRequest);
        if (request is null)
        {
            return problem;
        }

        var scopes = (request.Scopes ?? []).Distinct().ToList();
        var errors = Check(request, scopes);
        if (errors.Count > 0)
        {
            return new(ProblemCode.InvalidBody, "No key is made.") { Errors = errors };
        }

        if (scopes.Find(scope => !call.Caller.Scopes.Contains(scope)) is { } missing)
        {
            return new(ProblemCode.ScopeNotHeld, $"The key that asks does not have the scope '{missing}'.");
        }

        var created = await grains.GetGrain<ITenantGrain>(tenant).CreateKey(request.Name!, scopes);
        ring.Welcome(created.Secret);
        call.Http.Response.Headers.CacheControl = "no-store";
        await call.Answer(
            KeyAnswer.Of(created.Info, created.Secret), ApiJsonContext.Default.KeyAnswer, StatusCodes.Status201Created);
        return null;
    }

    /// <summary>Lists the keys of the caller's own tenant.</summary>
    /// <param name="call">The request.</param>
    /// <returns>Why not; null when it is done.</returns>
    public async Task<Problem?> List(ApiCall call)
    {
        var keys = await grains.GetGrain<ITenantGrain>(call.Tenant).ListKeys();
        await call.Answer(
            new KeyListAnswer([.. keys.Select(key => KeyAnswer.Of(key))]), ApiJsonContext.Default.KeyListAnswer);
        return null;
    }

    /// <summary>Revokes a key of the caller's own tenant.</summary>
    /// <param name="call">The request.</param>
    /// <returns>Why not; null when it is done.</returns>
    public async Task<Problem?> Revoke(ApiCall call)
    {
        var id = call["id"];
        if (!await grains.GetGrain<ITenantGrain>(call.Tenant).RevokeKey(id))
        {
            return new(ProblemCode.UnknownKey);
        }

        ring.Forget(call.Tenant, id);
        call.Http.Response.StatusCode = StatusCodes.Status204NoContent;
        return null;
    }

    private static List<FieldError> Check(KeyRequest request, List<string> scopes)
    {
        var errors = new List<FieldError>();
        if (request.Name is not { } name || !Names.IsName(name))
        {
            errors.Add(new("name", "required", "A key's name has 1 to 255 characters."));
        }

        if (scopes.Count == 0)
        {
            errors.Add(new("scopes", "required", "A key has at least one scope."));
        }

        errors.AddRange(scopes.Where(scope => !ApiScopes.All.Contains(scope)).Select(scope => new FieldError(
            "scopes", "unknown_value", $"A scope is one of {string.Join(", ", ApiScopes.All)}.")));
        return errors;
    }
}
