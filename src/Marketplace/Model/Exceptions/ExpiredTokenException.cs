using System.Net;
using Amazon.Runtime;

namespace Amazon.AWSMarketplaceMetering.Model;

/// <summary>The registration token is too old.</summary>
/// <remarks>
/// Don't retry: the buyer has to come to the registration page again. Resolve tokens as soon as they arrive.
/// </remarks>
public partial class ExpiredTokenException : AmazonAWSMarketplaceMeteringException
{
    /// <inheritdoc/>
    public ExpiredTokenException()
    {
    }

    /// <inheritdoc/>
    public ExpiredTokenException(string message)
        : base(message)
    {
    }

    /// <inheritdoc/>
    public ExpiredTokenException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <inheritdoc/>
    public ExpiredTokenException(Exception innerException)
        : base(innerException)
    {
    }

    /// <inheritdoc/>
    public ExpiredTokenException(
        string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode)
    {
    }

    /// <inheritdoc/>
    public ExpiredTokenException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId,
        HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}
