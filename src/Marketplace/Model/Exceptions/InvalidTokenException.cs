using System.Net;
using Amazon.Runtime;

namespace Amazon.AWSMarketplaceMetering.Model;

/// <summary>The registration token isn't one, or not one of this seller's.</summary>
/// <remarks>Don't retry.</remarks>
public partial class InvalidTokenException : AmazonAWSMarketplaceMeteringException
{
    /// <inheritdoc/>
    public InvalidTokenException()
    {
    }

    /// <inheritdoc/>
    public InvalidTokenException(string message)
        : base(message)
    {
    }

    /// <inheritdoc/>
    public InvalidTokenException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <inheritdoc/>
    public InvalidTokenException(Exception innerException)
        : base(innerException)
    {
    }

    /// <inheritdoc/>
    public InvalidTokenException(
        string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode)
    {
    }

    /// <inheritdoc/>
    public InvalidTokenException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId,
        HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}
