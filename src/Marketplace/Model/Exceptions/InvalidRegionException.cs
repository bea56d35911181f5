using System.Net;
using Amazon.Runtime;

namespace Amazon.AWSMarketplaceMetering.Model;

/// <summary>RegisterUsage was called in another region than the task or pod was started in.</summary>
/// <remarks>Don't retry: find the region out at run time instead of fixing it in the image.</remarks>
public partial class InvalidRegionException : AmazonAWSMarketplaceMeteringException
{
    /// <inheritdoc/>
    public InvalidRegionException()
    {
    }

    /// <inheritdoc/>
    public InvalidRegionException(string message)
        : base(message)
    {
    }

    /// <inheritdoc/>
    public InvalidRegionException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <inheritdoc/>
    public InvalidRegionException(Exception innerException)
        : base(innerException)
    {
    }

    /// <inheritdoc/>
    public InvalidRegionException(
        string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode)
    {
    }

    /// <inheritdoc/>
    public InvalidRegionException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId,
        HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}
