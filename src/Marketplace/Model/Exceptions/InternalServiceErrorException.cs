using System.Net;
using Amazon.Runtime;

namespace Amazon.AWSMarketplaceMetering.Model;

/// <summary>The service failed (HTTP 500).</summary>
/// <remarks>Retry; the client has already done so as configured.</remarks>
public partial class InternalServiceErrorException : AmazonAWSMarketplaceMeteringException
{
    /// <inheritdoc/>
    public InternalServiceErrorException()
    {
    }

    /// <inheritdoc/>
    public InternalServiceErrorException(string message)
        : base(message)
    {
    }

    /// <inheritdoc/>
    public InternalServiceErrorException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <inheritdoc/>
    public InternalServiceErrorException(Exception innerException)
        : base(innerException)
    {
    }

    /// <inheritdoc/>
    public InternalServiceErrorException(
        string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode)
    {
    }

    /// <inheritdoc/>
    public InternalServiceErrorException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId,
        HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}
