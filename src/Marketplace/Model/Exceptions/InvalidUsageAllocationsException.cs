using System.Net;
using Amazon.Runtime;

namespace Amazon.AWSMarketplaceMetering.Model;

/// <summary>The allocations of a record don't add up to its quantity.</summary>
/// <remarks>It voids the whole call: send the other records without the one at fault.</remarks>
public partial class InvalidUsageAllocationsException : AmazonAWSMarketplaceMeteringException
{
    /// <inheritdoc/>
    public InvalidUsageAllocationsException()
    {
    }

    /// <inheritdoc/>
    public InvalidUsageAllocationsException(string message)
        : base(message)
    {
    }

    /// <inheritdoc/>
    public InvalidUsageAllocationsException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <inheritdoc/>
    public InvalidUsageAllocationsException(Exception innerException)
        : base(innerException)
    {
    }

    /// <inheritdoc/>
    public InvalidUsageAllocationsException(
        string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode)
    {
    }

    /// <inheritdoc/>
    public InvalidUsageAllocationsException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId,
        HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}
