using Tally.Domain.Sealing;

namespace Tally.Domain.Delivery;

/// <summary>What AWS's answers to BatchMeterUsage and MeterUsage mean.</summary>
public static class OutcomeClassifier
{
    /// <summary>Judges a record's status.</summary>
    /// <param name="status">AWS's word, for example <c>Success</c>; null when the record is not in the answer.</param>
    /// <returns>
    /// What becomes of the record. A status that isn't known leaves it waiting, so that nothing is taken for
    /// delivered that may not be.
    /// </returns>
    /// <remarks>
    /// Source: the service model, UsageRecordResultStatus. DuplicateRecord says that AWS holds another quantity; as
    /// a sealed record never changes, that is another sender's, and a person has to look.
    /// </remarks>
    public static RecordState ClassifyStatus(string? status) => status switch
    {
        "Success" => RecordState.Delivered,
        "CustomerNotSubscribed" => RecordState.Parked,
        "DuplicateRecord" => RecordState.Quarantined,
        _ => RecordState.Waiting,
    };

    /// <summary>Judges an error of a whole call.</summary>
    /// <param name="code">
    /// AWS's error code, for example <c>ThrottlingException</c>; null or empty when there was no answer that could
    /// be read.
    /// </param>
    /// <returns>The verdict.</returns>
    /// <remarks>Source: the service model's error lists; those below the model's are AWS's common errors.</remarks>
    public static CallVerdict ClassifyError(string? code) => code switch
    {
        null or "" => CallVerdict.Transient,
        "ThrottlingException" or "Throttling" or "TooManyRequestsException" or "RequestLimitExceeded" or "SlowDown" =>
            CallVerdict.Throttled,
        "InternalServiceErrorException" or "InternalFailure" or "ServiceUnavailable" or "RequestTimeout"
            or "RequestTimeoutException" or "ServiceUnavailableException" or "InternalServerError" =>
            CallVerdict.Transient,
        "InvalidUsageDimensionException" or "InvalidTagException" or "InvalidUsageAllocationsException"
            or "InvalidCustomerIdentifierException" or "TimestampOutOfBoundsException" or "InvalidLicenseException"
            or "ValidationException" or "DuplicateRequestException" or "IdempotencyConflictException" =>
            CallVerdict.RecordAtFault,
        "InvalidProductCodeException" or "DisabledApiException" or "CustomerNotEntitledException"
            or "InvalidEndpointRegionException" or "InvalidRegionException" or "PlatformNotSupportedException"
            or "InvalidPublicKeyVersionException" or "InvalidTokenException" or "ExpiredTokenException"
            or "AccessDeniedException" or "AccessDenied" or "NotAuthorized" or "RequestExpired"
            or "UnrecognizedClientException" or "InvalidSignatureException"
            or "MissingAuthenticationTokenException" or "InvalidClientTokenId" or "ExpiredToken"
            or "SignatureDoesNotMatch" or "IncompleteSignature" or "OptInRequired" or "UnknownOperationException" =>
            CallVerdict.ProductAtFault,
        _ => CallVerdict.Unknown,
    };
}
