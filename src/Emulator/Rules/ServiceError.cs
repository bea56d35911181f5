namespace Tally.Emulator.Rules;

/// <summary>An answer that refuses the whole call, under AWS's own name.</summary>
internal sealed record ServiceError(string Code, string Message)
{
    /// <summary>500 for the one error that is the service's own fault; 400 for all others, throttling too.</summary>
    public int HttpStatus { get; init; } =
        string.Equals(Code, "InternalServiceErrorException", StringComparison.Ordinal) ? 500 : 400;

    public static ServiceError InternalError { get; } =
        new("InternalServiceErrorException", "An internal error has occurred. Retry your request.");

    public static ServiceError Throttled { get; } = new("ThrottlingException", "Rate exceeded");

    /// <summary>An operation that is switched off, in the words that its model has for that.</summary>
    public static ServiceError Disabled(string operation) => operation is "MeterUsage"
        ? new("AccessDeniedException", $"User is not authorized to perform: aws-marketplace:{operation}")
        : new("DisabledApiException", "The API is disabled in the Region.");

    public static ServiceError Validation(string message, string code = "ValidationException") => new(code, message);

    public static ServiceError Serialization(string message) => new("SerializationException", message);

    public static ServiceError UnknownOperation(string message) => new("UnknownOperationException", message);
}
