using System.Net;
using Amazon.Runtime;

namespace Amazon.AWSMarketplaceMetering.Model;

/// <summary>A record's timestamp lies outside the time that usage is accepted for.</summary>
/// <remarks>Nothing of the call was processed: send the other records without those at fault.</remarks>
public partial class TimestampOutOfBoundsException : AmazonAWSMarketplaceMeteringException
{
    /// <inheritdoc/>
    public TimestampOutOfBoundsException()
    {
    }

    /// <inheritdoc/>
    public TimestampOutOfBoundsException(string message)
        : base(message)
    {
    }

    /// <inheritdoc/>
    public TimestampOutOfBoundsException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <inheritdoc/>
    public TimestampOutOfBoundsException(Exception innerException)
        : base(innerException)
    {
    }

    /// <inheritdoc/>
    public TimestampOutOfBoundsException(
        string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode)
    {
    }

    /// <inheritdoc/>
    public TimestampOutOfBoundsException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId,
        HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}
