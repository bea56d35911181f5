#nullable enable
using System.Collections.Frozen;
using Amazon.AWSMarketplaceMetering.Model;
using PlatformNotSupportedException = Amazon.AWSMarketplaceMetering.Model.PlatformNotSupportedException;

namespace Amazon.AWSMarketplaceMetering.Wire;

/// <summary>The errors of the service model, and which exception each becomes.</summary>
/// <remarks>
/// One table for all operations, though the model lists errors per operation: an error that the service starts to use
/// elsewhere keeps its type, which is always also an <see cref="AmazonAWSMarketplaceMeteringException"/>.
/// </remarks>
internal static class ServiceErrors
{
    private delegate AmazonAWSMarketplaceMeteringException Maker(ServiceError error);

    private static readonly Maker Unknown = e =>
        new AmazonAWSMarketplaceMeteringException(e.Message, e.Cause, e.Type, e.Code, e.RequestId, e.Status);

    private static readonly FrozenDictionary<string, Maker> Known = new Dictionary<string, Maker>
    {
        [nameof(CustomerNotEntitledException)] = e =>
            new CustomerNotEntitledException(e.Message, e.Cause, e.Type, e.Code, e.RequestId, e.Status),
        [nameof(DisabledApiException)] = e =>
            new DisabledApiException(e.Message, e.Cause, e.Type, e.Code, e.RequestId, e.Status),
        [nameof(DuplicateRequestException)] = e =>
            new DuplicateRequestException(e.Message, e.Cause, e.Type, e.Code, e.RequestId, e.Status),
        [nameof(ExpiredTokenException)] = e =>
            new ExpiredTokenException(e.Message, e.Cause, e.Type, e.Code, e.RequestId, e.Status),
        [nameof(IdempotencyConflictException)] = e =>
            new IdempotencyConflictException(e.Message, e.Cause, e.Type, e.Code, e.RequestId, e.Status),
        [nameof(InternalServiceErrorException)] = e =>
            new InternalServiceErrorException(e.Message, e.Cause, e.Type, e.Code, e.RequestId, e.Status),
        [nameof(InvalidCustomerIdentifierException)] = e =>
            new InvalidCustomerIdentifierException(e.Message, e.Cause, e.Type, e.Code, e.RequestId, e.Status),
        [nameof(InvalidEndpointRegionException)] = e =>
            new InvalidEndpointRegionException(e.Message, e.Cause, e.Type, e.Code, e.RequestId, e.Status),
        [nameof(InvalidLicenseException)] = e =>
            new InvalidLicenseException(e.Message, e.Cause, e.Type, e.Code, e.RequestId, e.Status),
        [nameof(InvalidProductCodeException)] = e =>
            new InvalidProductCodeException(e.Message, e.Cause, e.Type, e.Code, e.RequestId, e.Status),
        [nameof(InvalidPublicKeyVersionException)] = e =>
            new InvalidPublicKeyVersionException(e.Message, e.Cause, e.Type, e.Code, e.RequestId, e.Status),
        [nameof(InvalidRegionException)] = e =>
            new InvalidRegionException(e.Message, e.Cause, e.Type, e.Code, e.RequestId, e.Status),
        [nameof(InvalidTagException)] = e =>
            new InvalidTagException(e.Message, e.Cause, e.Type, e.Code, e.RequestId, e.Status),
        [nameof(InvalidTokenException)] = e =>
            new InvalidTokenException(e.Message, e.Cause, e.Type, e.Code, e.RequestId, e.Status),
        [nameof(InvalidUsageAllocationsException)] = e =>
            new InvalidUsageAllocationsException(e.Message, e.Cause, e.Type, e.Code, e.RequestId, e.Status),
        [nameof(InvalidUsageDimensionException)] = e =>
            new InvalidUsageDimensionException(e.Message, e.Cause, e.Type, e.Code, e.RequestId, e.Status),
        [nameof(PlatformNotSupportedException)] = e =>
            new PlatformNotSupportedException(e.Message, e.Cause, e.Type, e.Code, e.RequestId, e.Status),
        [nameof(ThrottlingException)] = e =>
            new ThrottlingException(e.Message, e.Cause, e.Type, e.Code, e.RequestId, e.Status),
        [nameof(TimestampOutOfBoundsException)] = e =>
            new TimestampOutOfBoundsException(e.Message, e.Cause, e.Type, e.Code, e.RequestId, e.Status),
    }.ToFrozenDictionary();

    public static AmazonAWSMarketplaceMeteringException ToException(ServiceError error) =>
        (error.Code is null ? Unknown : Known.GetValueOrDefault(error.Code, Unknown))(error);
}
