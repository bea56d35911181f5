using System.Net;
using Amazon.Runtime;

namespace Amazon.AWSMarketplaceMetering.Model;

/// <summary>The product code isn't the one the product was published with.</summary>
/// <remarks>Don't retry: correct the configuration.</remarks>
public partial class InvalidProductCodeException : AmazonAWSMarketplaceMeteringException
{
    /// <inheritdoc/>
    public InvalidProductCodeException()
    {
    }

    /// <inheritdoc/>
    public InvalidProductCodeException(string message)
        : base(message)
    {
    }

    /// <inheritdoc/>
    public InvalidProductCodeException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <inheritdoc/>
    public InvalidProductCodeException(Exception innerException)
        : base(innerException)
    {
    }

    /// <inheritdoc/>
    public InvalidProductCodeException(
        string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode)
    {
    }

    /// <inheritdoc/>
    public InvalidProductCodeException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId,
        HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}
