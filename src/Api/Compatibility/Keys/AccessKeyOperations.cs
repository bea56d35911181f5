using Microsoft.AspNetCore.Http;
using Tally.Api.Errors;
using Tally.Api.Hosting;
using Tally.Contracts.Tenants;
using Tally.Domain.Catalogue;

namespace Tally.Api.Compatibility.Keys;

/// <summary>Access key pairs for AWS's clients: make, list and revoke them.</summary>
/// <param name="grains">Where they are.</param>
/// <param name="ring">Which pairs this process remembers.</param>
/// <param name="bodies">How bodies are read.</param>
internal sealed class AccessKeyOperations(IGrainFactory grains, AccessKeyRing ring, JsonBody bodies)
{
    /// <summary>Makes a pair for the caller's own tenant.</summary>
    /// <param name="call">The request.</param>
    /// <returns>Why not; null when it is done.</returns>
    public async Task<Problem?> Create(ApiCall call)
    {
        var (request, problem) = await bodies.Read(call, ApiJsonContext.Default.AccessKeyRequest);
        if (request is null)
        {
            return problem;
        }

        var scopes = (request.Scopes ?? [ApiScopes.Ingest]).Distinct().ToList();
        var errors = Check(request, scopes);
        if (errors.Count > 0)
        {
            return new(ProblemCode.InvalidBody, "No access key is made.") { Errors = errors };
        }

        if (scopes.Find(scope => !call.Caller.Scopes.Contains(scope)) is { } missing)
        {
            return new(ProblemCode.ScopeNotHeld, $"The key that asks does not have the scope '{missing}'.");
        }

        if (await Keys(call).Create(request.Name!, scopes) is not { } made)
        {
            return new(ProblemCode.InvalidBody, "No access key is made.")
            {
                Errors =
                [
                    new("", "too_many", $"A tenant has at most {IAccessKeysGrain.PairsMax} access keys; revoke some."),
                ],
            };
        }

        call.Http.Response.Headers.CacheControl = "no-store";
        await call.Answer(
            AccessKeyAnswer.Of(made, await ring.SecretOf(made.KeyId, call.Stop)),
            ApiJsonContext.Default.AccessKeyAnswer,
            StatusCodes.Status201Created);
        return null;
    }

    /// <summary>Lists the pairs of the caller's own tenant.</summary>
    /// <param name="call">The request.</param>
    /// <returns>Why not; null when it is done.</returns>
    public async Task<Problem?> List(ApiCall call)
    {
        var pairs = await Keys(call).List();
        await call.Answer(
            new AccessKeyListAnswer([.. pairs.Select(pair => AccessKeyAnswer.Of(pair))]),
            ApiJsonContext.Default.AccessKeyListAnswer);
        return null;
    }

    /// <summary>Revokes a pair of the caller's own tenant.</summary>
    /// <param name="call">The request.</param>
    /// <returns>Why not; null when it is done.</returns>
    public async Task<Problem?> Revoke(ApiCall call)
    {
        if (!await Keys(call).Revoke(call["id"]))
        {
            return new(ProblemCode.UnknownKey);
        }

        ring.Forget(call["id"]);
        call.Http.Response.StatusCode = StatusCodes.Status204NoContent;
        return null;
    }

    private IAccessKeysGrain Keys(ApiCall call) => grains.GetGrain<IAccessKeysGrain>(call.Tenant);

    private static List<FieldError> Check(AccessKeyRequest request, List<string> scopes)
    {
        var errors = new List<FieldError>();
        if (request.Name is not { } name || !Names.IsName(name))
        {
            errors.Add(new("name", "required", "An access key's name has 1 to 255 characters."));
        }

        if (scopes.Count == 0)
        {
            errors.Add(new("scopes", "required", "An access key has at least one scope."));
        }

        errors.AddRange(scopes.Where(scope => !ApiScopes.All.Contains(scope)).Select(scope => new FieldError(
            "scopes", "unknown_value", $"A scope is one of {string.Join(", ", ApiScopes.All)}.")));
        return errors;
    }
}
