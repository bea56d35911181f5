using System.Net;
using Amazon.Runtime;

namespace Amazon.AWSMarketplaceMetering;

/// <summary>
/// The service answered with an error. Errors of the service model have types of their own in the <c>Model</c>
/// namespace; any other code arrives as this type, with <see cref="AmazonServiceException.ErrorCode"/> saying which.
/// </summary>
public partial class AmazonAWSMarketplaceMeteringException : AmazonServiceException
{
    /// <summary>Makes an exception without any details.</summary>
    public AmazonAWSMarketplaceMeteringException()
    {
    }

    /// <summary>Makes an exception with a message.</summary>
    /// <param name="message">What went wrong.</param>
    public AmazonAWSMarketplaceMeteringException(string message)
        : base(message)
    {
    }

    /// <summary>Makes an exception with a message and a cause.</summary>
    /// <param name="message">What went wrong.</param>
    /// <param name="innerException">Why.</param>
    public AmazonAWSMarketplaceMeteringException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Makes an exception with its cause's message.</summary>
    /// <param name="innerException">Why.</param>
    public AmazonAWSMarketplaceMeteringException(Exception innerException)
        : base(innerException)
    {
    }

    /// <summary>Makes an exception of a service's answer.</summary>
    /// <param name="message">The service's message.</param>
    /// <param name="errorType">Whose fault it is.</param>
    /// <param name="errorCode">The service's error code.</param>
    /// <param name="requestId">The id that the service gave the request.</param>
    /// <param name="statusCode">The HTTP status of the answer.</param>
    public AmazonAWSMarketplaceMeteringException(
        string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode)
    {
    }

    /// <summary>Makes an exception of a service's answer, with a cause.</summary>
    /// <param name="message">The service's message.</param>
    /// <param name="innerException">What HTTP reported.</param>
    /// <param name="errorType">Whose fault it is.</param>
    /// <param name="errorCode">The service's error code.</param>
    /// <param name="requestId">The id that the service gave the request.</param>
    /// <param name="statusCode">The HTTP status of the answer.</param>
    public AmazonAWSMarketplaceMeteringException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId,
        HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}
