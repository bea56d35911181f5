namespace Tally.Emulator.Conformance.Cases;

/// <summary>The errors that the service's model (API version 2016-01-14) names for each operation.</summary>
internal static class ModelErrors
{
    public static IEnumerable<string> All =>
    [
        .. Of("BatchMeterUsage", "InternalServiceError InvalidProductCode InvalidUsageDimension InvalidTag "
            + "InvalidUsageAllocations InvalidCustomerIdentifier TimestampOutOfBounds Throttling DisabledApi "
            + "InvalidLicense"),
        .. Of("MeterUsage", "InternalServiceError InvalidProductCode InvalidUsageDimension InvalidTag "
            + "InvalidUsageAllocations InvalidEndpointRegion TimestampOutOfBounds DuplicateRequest "
            + "IdempotencyConflict Throttling CustomerNotEntitled"),
        .. Of("RegisterUsage", "InvalidProductCode InvalidRegion InvalidPublicKeyVersion PlatformNotSupported "
            + "CustomerNotEntitled Throttling InternalServiceError DisabledApi"),
        .. Of("ResolveCustomer", "InvalidToken ExpiredToken Throttling InternalServiceError DisabledApi"),
    ];

    private static IEnumerable<string> Of(string operation, string errors) =>
        errors.Split(' ').Select(error => $"{operation} {error}Exception");
}
