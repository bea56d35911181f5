using System.Net;
using Amazon.Runtime;

namespace Amazon.AWSMarketplaceMetering.Model;

/// <summary>The account that calls has no valid subscription to the product.</summary>
/// <remarks>
/// Don't retry: the buyer has to subscribe. RegisterUsage answers it only to the first call of a task or pod.
/// </remarks>
public partial class CustomerNotEntitledException : AmazonAWSMarketplaceMeteringException
{
    /// <inheritdoc/>
    public CustomerNotEntitledException()
    {
    }

    /// <inheritdoc/>
    public CustomerNotEntitledException(string message)
        : base(message)
    {
    }

    /// <inheritdoc/>
    public CustomerNotEntitledException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <inheritdoc/>
    public CustomerNotEntitledException(Exception innerException)
        : base(innerException)
    {
    }

    /// <inheritdoc/>
    public CustomerNotEntitledException(
        string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode)
    {
    }

    /// <inheritdoc/>
    public CustomerNotEntitledException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId,
        HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}
