using System.Net;
using Amazon.Runtime;

namespace Amazon.AWSMarketplaceMetering.Model;

/// <summary>The client token was used before, for a request with other parameters.</summary>
/// <remarks>Don't retry as it is: send the parameters of the first request, or take another token.</remarks>
public partial class IdempotencyConflictException : AmazonAWSMarketplaceMeteringException
{
    /// <inheritdoc/>
    public IdempotencyConflictException()
    {
    }

    /// <inheritdoc/>
    public IdempotencyConflictException(string message)
        : base(message)
    {
    }

    /// <inheritdoc/>
    public IdempotencyConflictException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <inheritdoc/>
    public IdempotencyConflictException(Exception innerException)
        : base(innerException)
    {
    }

    /// <inheritdoc/>
    public IdempotencyConflictException(
        string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode)
    {
    }

    /// <inheritdoc/>
    public IdempotencyConflictException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId,
        HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}
