using System.Net;
using Amazon.Runtime;
using Tally.Domain.Delivery;

namespace Tally.Grains.Delivery;

/// <summary>Makes an answer of what goes wrong with a call.</summary>
internal static class CallErrors
{
    /// <summary>Makes a call.</summary>
    /// <param name="call">The call.</param>
    /// <param name="clock">What time it is.</param>
    /// <param name="cancellationToken">Gives up; whether anything was stored is then not known.</param>
    /// <returns>What came of it; errors of the call are returned, not thrown.</returns>
    public static async Task<SubmitAnswer> Caught(
        Func<Task<SubmitAnswer>> call, TimeProvider clock, CancellationToken cancellationToken)
    {
        try
        {
            return await call();
        }
        catch (AmazonServiceException exception)
        {
            return new([], Of(exception, clock.GetUtcNow()));
        }
        catch (AmazonClientException exception)
        {
            // The SDK could not send, for example for want of credentials.
            return new([], new(CallVerdict.ProductAtFault, exception.GetType().Name, exception.Message, null));
        }
        catch (Exception exception)
            when (exception is HttpRequestException or IOException or OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return new([], new(CallVerdict.Transient, exception.GetType().Name, exception.Message, null));
        }
    }

    /// <summary>Reads what AWS answered instead of a result.</summary>
    /// <param name="exception">What the SDK made of the answer.</param>
    /// <param name="now">The present moment.</param>
    /// <returns>The error.</returns>
    public static CallError Of(AmazonServiceException exception, DateTimeOffset now)
    {
        var verdict = exception.StatusCode == HttpStatusCode.TooManyRequests
            ? CallVerdict.Throttled
            : OutcomeClassifier.ClassifyError(exception.ErrorCode);
        var code = string.IsNullOrEmpty(exception.ErrorCode) ? exception.GetType().Name : exception.ErrorCode;
        return new(verdict, code, exception.Message, exception.RequestId)
        {
            RetryAfter = RetryAfter.Of(exception, now),
        };
    }
}
