using System.Net;
using Amazon.Runtime;

namespace Amazon.AWSMarketplaceMetering.Model;

/// <summary>There is no such version of the product's public key.</summary>
/// <remarks>Don't retry: correct the configuration.</remarks>
public partial class InvalidPublicKeyVersionException : AmazonAWSMarketplaceMeteringException
{
    /// <inheritdoc/>
    public InvalidPublicKeyVersionException()
    {
    }

    /// <inheritdoc/>
    public InvalidPublicKeyVersionException(string message)
        : base(message)
    {
    }

    /// <inheritdoc/>
    public InvalidPublicKeyVersionException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <inheritdoc/>
    public InvalidPublicKeyVersionException(Exception innerException)
        : base(innerException)
    {
    }

    /// <inheritdoc/>
    public InvalidPublicKeyVersionException(
        string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode)
    {
    }

    /// <inheritdoc/>
    public InvalidPublicKeyVersionException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId,
        HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}
