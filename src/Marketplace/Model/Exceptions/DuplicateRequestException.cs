using System.Net;
using Amazon.Runtime;

namespace Amazon.AWSMarketplaceMetering.Model;

/// <summary>The same instance, task or pod reported this dimension and hour with another quantity.</summary>
/// <remarks>Don't retry: the first quantity stays in force.</remarks>
public partial class DuplicateRequestException : AmazonAWSMarketplaceMeteringException
{
    /// <inheritdoc/>
    public DuplicateRequestException()
    {
    }

    /// <inheritdoc/>
    public DuplicateRequestException(string message)
        : base(message)
    {
    }

    /// <inheritdoc/>
    public DuplicateRequestException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <inheritdoc/>
    public DuplicateRequestException(Exception innerException)
        : base(innerException)
    {
    }

    /// <inheritdoc/>
    public DuplicateRequestException(
        string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode)
    {
    }

    /// <inheritdoc/>
    public DuplicateRequestException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId,
        HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}
