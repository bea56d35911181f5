using System.Net;
using Amazon.Runtime;

namespace Amazon.AWSMarketplaceMetering.Model;

/// <summary>A usage record names a customer that doesn't exist.</summary>
/// <remarks>It voids the whole call: send the other records without the one at fault.</remarks>
public partial class InvalidCustomerIdentifierException : AmazonAWSMarketplaceMeteringException
{
    /// <inheritdoc/>
    public InvalidCustomerIdentifierException()
    {
    }

    /// <inheritdoc/>
    public InvalidCustomerIdentifierException(string message)
        : base(message)
    {
    }

    /// <inheritdoc/>
    public InvalidCustomerIdentifierException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <inheritdoc/>
    public InvalidCustomerIdentifierException(Exception innerException)
        : base(innerException)
    {
    }

    /// <inheritdoc/>
    public InvalidCustomerIdentifierException(
        string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode)
    {
    }

    /// <inheritdoc/>
    public InvalidCustomerIdentifierException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId,
        HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}
