using System.Net;
using Amazon.Runtime;

namespace Amazon.AWSMarketplaceMetering.Model;

/// <summary>A record names a dimension that the product doesn't have; names are case-sensitive.</summary>
/// <remarks>It voids the whole call: send the other records without the one at fault.</remarks>
public partial class InvalidUsageDimensionException : AmazonAWSMarketplaceMeteringException
{
    /// <inheritdoc/>
    public InvalidUsageDimensionException()
    {
    }

    /// <inheritdoc/>
    public InvalidUsageDimensionException(string message)
        : base(message)
    {
    }

    /// <inheritdoc/>
    public InvalidUsageDimensionException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <inheritdoc/>
    public InvalidUsageDimensionException(Exception innerException)
        : base(innerException)
    {
    }

    /// <inheritdoc/>
    public InvalidUsageDimensionException(
        string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode)
    {
    }

    /// <inheritdoc/>
    public InvalidUsageDimensionException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId,
        HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}
