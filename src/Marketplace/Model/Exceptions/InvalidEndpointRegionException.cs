using System.Net;
using Amazon.Runtime;

namespace Amazon.AWSMarketplaceMetering.Model;

/// <summary>The endpoint called is in another region than the instance, task or pod that calls.</summary>
/// <remarks>Don't retry: call the region the software runs in.</remarks>
public partial class InvalidEndpointRegionException : AmazonAWSMarketplaceMeteringException
{
    /// <inheritdoc/>
    public InvalidEndpointRegionException()
    {
    }

    /// <inheritdoc/>
    public InvalidEndpointRegionException(string message)
        : base(message)
    {
    }

    /// <inheritdoc/>
    public InvalidEndpointRegionException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <inheritdoc/>
    public InvalidEndpointRegionException(Exception innerException)
        : base(innerException)
    {
    }

    /// <inheritdoc/>
    public InvalidEndpointRegionException(
        string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode)
    {
    }

    /// <inheritdoc/>
    public InvalidEndpointRegionException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId,
        HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}
