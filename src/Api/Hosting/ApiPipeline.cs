using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Tally.Api.Authentication;
using Tally.Api.Errors;
using Tally.Contracts.Tenants;

namespace Tally.Api.Hosting;

/// <summary>What every request passes: who calls, may they, do it, and what if it fails.</summary>
/// <param name="keys">Who calls.</param>
/// <param name="problems">How errors are answered.</param>
/// <param name="instruments">What is measured.</param>
/// <param name="logger">The log.</param>
internal sealed partial class ApiPipeline(
    KeyRing keys,
    ProblemWriter problems,
    ApiInstruments instruments,
    ILogger<ApiPipeline> logger)
{
    /// <summary>Runs an operation.</summary>
    /// <param name="context">The request.</param>
    /// <param name="operation">What it asks for.</param>
    /// <returns>A task that completes when it is answered.</returns>
    public async Task Run(HttpContext context, ApiOperation operation)
    {
        ApiKeyIdentity? caller = null;
        try
        {
            caller = await keys.Find(context.Request.Headers);
            if (await Refuse(context, operation, caller) is { } problem)
            {
                await problems.Write(context, problem);
            }
        }
        catch (Exception exception) when (IsGone(context, exception))
        {
            Log.ClientGone(logger, exception, operation.Name);
        }
        catch (Exception exception)
        {
            var problem = Failures.ProblemOf(exception);
            Report(operation, problem, exception);
            await problems.Write(context, problem);
        }

        if (caller is not null)
        {
            instruments.Request(operation.Name, context.Response.StatusCode);
        }
    }

    private static async ValueTask<Problem?> Refuse(
        HttpContext context,
        ApiOperation operation,
        ApiKeyIdentity? caller)
    {
        if (caller is null)
        {
            return new(ProblemCode.Unauthenticated, "Send a valid API key as 'Authorization: Bearer KEY'.");
        }

        if (!caller.Scopes.Contains(operation.Scope))
        {
            return new(ProblemCode.MissingScope, $"This needs a key with the scope '{operation.Scope}'.");
        }

        if (!operation.Path.TryRead(context, out var values))
        {
            return new(ProblemCode.UnknownRoute);
        }

        return values is null
            ? new(ProblemCode.InvalidParameter, "A segment of the path is not percent-encoded UTF-8.")
            : await operation.Handle(new(context, caller, values));
    }

    private static bool IsGone(HttpContext context, Exception exception) =>
        context.RequestAborted.IsCancellationRequested
        && exception is OperationCanceledException or IOException and not BadHttpRequestException;

    private void Report(ApiOperation operation, Problem problem, Exception exception)
    {
        if (problem.Kind == ProblemCode.InternalError)
        {
            Log.Failed(logger, exception, operation.Name);
        }
        else if (problem.Kind == ProblemCode.NotEntitled || problem.Kind == ProblemCode.EntitlementUnknown)
        {
            // Whoever asks AWS has said so, once.
            Log.NotTaken(logger, exception, operation.Name);
        }
        else if (problem.Kind == ProblemCode.UsageStoreUnavailable)
        {
            Log.Unavailable(logger, exception, operation.Name);
        }
        else
        {
            Log.Unreadable(logger, exception, operation.Name);
        }
    }
}
