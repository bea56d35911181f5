using System.Net;
using Amazon.Runtime;

namespace Amazon.AWSMarketplaceMetering.Model;

/// <summary>A tag is invalid, or a set of tags has more than 5.</summary>
/// <remarks>It voids the whole call: send the other records without the one at fault.</remarks>
public partial class InvalidTagException : AmazonAWSMarketplaceMeteringException
{
    /// <inheritdoc/>
    public InvalidTagException()
    {
    }

    /// <inheritdoc/>
    public InvalidTagException(string message)
        : base(message)
    {
    }

    /// <inheritdoc/>
    public InvalidTagException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <inheritdoc/>
    public InvalidTagException(Exception innerException)
        : base(innerException)
    {
    }

    /// <inheritdoc/>
    public InvalidTagException(
        string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode)
    {
    }

    /// <inheritdoc/>
    public InvalidTagException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId,
        HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}
