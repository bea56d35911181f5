using System.Net;
using Amazon.Runtime;

namespace Amazon.AWSMarketplaceMetering.Model;

/// <summary>
/// A licence ARN is malformed, belongs to another customer, or the usage lies outside its period of activation.
/// </summary>
/// <remarks>It voids the whole call: send the other records without the one at fault.</remarks>
public partial class InvalidLicenseException : AmazonAWSMarketplaceMeteringException
{
    /// <inheritdoc/>
    public InvalidLicenseException()
    {
    }

    /// <inheritdoc/>
    public InvalidLicenseException(string message)
        : base(message)
    {
    }

    /// <inheritdoc/>
    public InvalidLicenseException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <inheritdoc/>
    public InvalidLicenseException(Exception innerException)
        : base(innerException)
    {
    }

    /// <inheritdoc/>
    public InvalidLicenseException(
        string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode)
    {
    }

    /// <inheritdoc/>
    public InvalidLicenseException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId,
        HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}
