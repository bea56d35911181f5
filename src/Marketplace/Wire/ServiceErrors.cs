#nullable enable
using System.Collections.Frozen;
using System.Net;
using Amazon.AWSMarketplaceMetering.Model;
using Amazon.Runtime;
using PlatformNotSupportedException = Amazon.AWSMarketplaceMetering.Model.PlatformNotSupportedException;

namespace Amazon.AWSMarketplaceMetering.Wire;

/// <summary>The errors of the service model, and which exception each becomes.</summary>
/// <remarks>
/// One table for all operations, though the model lists errors per operation: an error that the service starts to use
/// elsewhere keeps its type, which is always also an <see cref="AmazonAWSMarketplaceMeteringException"/>.
/// </remarks>
internal static class ServiceErrors
{
    private delegate AmazonAWSMarketplaceMeteringException Maker(
        string message, Exception inner, ErrorType type, string? code, string? requestId, HttpStatusCode status);

    private static readonly FrozenDictionary<string, Maker> Makers = new Dictionary<string, Maker>
    {
        [nameof(CustomerNotEntitledException)] =
            (m, e, t, c, r, s) => new CustomerNotEntitledException(m, e, t, c, r, s),
        [nameof(DisabledApiException)] = (m, e, t, c, r, s) => new DisabledApiException(m, e, t, c, r, s),
        [nameof(DuplicateRequestException)] = (m, e, t, c, r, s) => new DuplicateRequestException(m, e, t, c, r, s),
        [nameof(ExpiredTokenException)] = (m, e, t, c, r, s) => new ExpiredTokenException(m, e, t, c, r, s),
        [nameof(IdempotencyConflictException)] =
            (m, e, t, c, r, s) => new IdempotencyConflictException(m, e, t, c, r, s),
        [nameof(InternalServiceErrorException)] =
            (m, e, t, c, r, s) => new InternalServiceErrorException(m, e, t, c, r, s),
        [nameof(InvalidCustomerIdentifierException)] =
            (m, e, t, c, r, s) => new InvalidCustomerIdentifierException(m, e, t, c, r, s),
        [nameof(InvalidEndpointRegionException)] =
            (m, e, t, c, r, s) => new InvalidEndpointRegionException(m, e, t, c, r, s),
        [nameof(InvalidLicenseException)] = (m, e, t, c, r, s) => new InvalidLicenseException(m, e, t, c, r, s),
        [nameof(InvalidProductCodeException)] = (m, e, t, c, r, s) => new InvalidProductCodeException(m, e, t, c, r, s),
        [nameof(InvalidPublicKeyVersionException)] =
            (m, e, t, c, r, s) => new InvalidPublicKeyVersionException(m, e, t, c, r, s),
        [nameof(InvalidRegionException)] = (m, e, t, c, r, s) => new InvalidRegionException(m, e, t, c, r, s),
        [nameof(InvalidTagException)] = (m, e, t, c, r, s) => new InvalidTagException(m, e, t, c, r, s),
        [nameof(InvalidTokenException)] = (m, e, t, c, r, s) => new InvalidTokenException(m, e, t, c, r, s),
        [nameof(InvalidUsageAllocationsException)] =
            (m, e, t, c, r, s) => new InvalidUsageAllocationsException(m, e, t, c, r, s),
        [nameof(InvalidUsageDimensionException)] =
            (m, e, t, c, r, s) => new InvalidUsageDimensionException(m, e, t, c, r, s),
        [nameof(PlatformNotSupportedException)] =
            (m, e, t, c, r, s) => new PlatformNotSupportedException(m, e, t, c, r, s),
        [nameof(ThrottlingException)] = (m, e, t, c, r, s) => new ThrottlingException(m, e, t, c, r, s),
        [nameof(TimestampOutOfBoundsException)] =
            (m, e, t, c, r, s) => new TimestampOutOfBoundsException(m, e, t, c, r, s),
    }.ToFrozenDictionary();

    public static AmazonAWSMarketplaceMeteringException ToException(
        ServiceError error, Exception innerException, HttpStatusCode status)
    {
        var make = error.Code is not null && Makers.TryGetValue(error.Code, out var known) ? known : Unknown;
        return make(error.Message, innerException, ErrorType.Unknown, error.Code, error.RequestId, status);
    }

    private static AmazonAWSMarketplaceMeteringException Unknown(
        string message, Exception inner, ErrorType type, string? code, string? requestId, HttpStatusCode status) =>
        new(message, inner, type, code, requestId, status);
}
