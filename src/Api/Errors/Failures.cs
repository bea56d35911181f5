using Microsoft.AspNetCore.Http;
using Orleans.Runtime;
using Tally.Contracts.Customers;
using Tally.Contracts.Entitlement;
using Tally.Contracts.Ledger;
using Tally.Contracts.Moves;

namespace Tally.Api.Errors;

/// <summary>Says what an exception means to the caller, without showing it.</summary>
internal static class Failures
{
    /// <summary>Finds the error that an exception is answered with.</summary>
    /// <param name="exception">What was thrown.</param>
    /// <returns>The error.</returns>
    public static Problem ProblemOf(Exception exception) => exception switch
    {
        NotEntitledException refused => new(ProblemCode.NotEntitled, refused.Message),
        EntitlementUnknownException unknown => new(ProblemCode.EntitlementUnknown, unknown.Message),
        TenantFrozenException frozen => new(ProblemCode.TenantFrozen, frozen.Message),
        UsageStoreUnavailableException or LedgerUnavailableException or TimeoutException or OrleansException
            or ObjectDisposedException => new(ProblemCode.UsageStoreUnavailable),

        // Nobody gave up here: the cluster did, on a call that waited too long.
        OperationCanceledException => new(ProblemCode.UsageStoreUnavailable),
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => new(ProblemCode.BodyTooLarge),
        BadHttpRequestException { StatusCode: StatusCodes.Status408RequestTimeout } => new(ProblemCode.RequestTimeout),
        BadHttpRequestException => new(ProblemCode.BadRequest),
        _ => new(ProblemCode.InternalError),
    };
}
