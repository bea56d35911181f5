using System.Net;
using Amazon.Runtime;

namespace Amazon.AWSMarketplaceMetering.Model;

/// <summary>The operation isn't offered in this region.</summary>
/// <remarks>Don't retry: call another region.</remarks>
public partial class DisabledApiException : AmazonAWSMarketplaceMeteringException
{
    /// <inheritdoc/>
    public DisabledApiException()
    {
    }

    /// <inheritdoc/>
    public DisabledApiException(string message)
        : base(message)
    {
    }

    /// <inheritdoc/>
    public DisabledApiException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <inheritdoc/>
    public DisabledApiException(Exception innerException)
        : base(innerException)
    {
    }

    /// <inheritdoc/>
    public DisabledApiException(
        string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode)
    {
    }

    /// <inheritdoc/>
    public DisabledApiException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId,
        HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}
