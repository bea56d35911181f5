using System.Net;
using Amazon.Runtime;

namespace Amazon.AWSMarketplaceMetering.Model;

/// <summary>RegisterUsage was called from elsewhere than ECS, EKS or Fargate.</summary>
/// <remarks>
/// Don't retry. Mind <see cref="System.PlatformNotSupportedException"/>, which has the same short name.
/// </remarks>
public partial class PlatformNotSupportedException : AmazonAWSMarketplaceMeteringException
{
    /// <inheritdoc/>
    public PlatformNotSupportedException()
    {
    }

    /// <inheritdoc/>
    public PlatformNotSupportedException(string message)
        : base(message)
    {
    }

    /// <inheritdoc/>
    public PlatformNotSupportedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <inheritdoc/>
    public PlatformNotSupportedException(Exception innerException)
        : base(innerException)
    {
    }

    /// <inheritdoc/>
    public PlatformNotSupportedException(
        string message, ErrorType errorType, string errorCode, string requestId, HttpStatusCode statusCode)
        : base(message, errorType, errorCode, requestId, statusCode)
    {
    }

    /// <inheritdoc/>
    public PlatformNotSupportedException(
        string message, Exception innerException, ErrorType errorType, string errorCode, string requestId,
        HttpStatusCode statusCode)
        : base(message, innerException, errorType, errorCode, requestId, statusCode)
    {
    }
}
