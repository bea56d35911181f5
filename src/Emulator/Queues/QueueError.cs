using Tally.Emulator.Rules;

namespace Tally.Emulator.Queues;

/// <summary>An error in the words of SQS.</summary>
/// <param name="type">The type in the JSON protocol, without its namespace.</param>
/// <param name="queryCode">The code that older clients know.</param>
/// <param name="message">What is wrong.</param>
internal sealed class QueueError(string type, string queryCode, string message) : Exception(message)
{
    public string Type => type;

    /// <summary>What the type's name begins with.</summary>
    public string TypeNamespace { get; private init; } = "com.amazonaws.sqs";

    public int Status { get; private init; } = StatusCodes.Status400BadRequest;

    public string QueryCode => queryCode;

    public static QueueError NoQueue() => new(
        "QueueDoesNotExist",
        "AWS.SimpleQueueService.NonExistentQueue",
        "The specified queue does not exist.");

    /// <summary>A signature that isn't accepted. Source: the API reference of Amazon SQS, "Common Errors".</summary>
    public static QueueError Unidentified(ServiceError error)
    {
        var (queryCode, status) = error.Code switch
        {
            "UnrecognizedClientException" => ("InvalidClientTokenId", StatusCodes.Status403Forbidden),
            "MissingAuthenticationTokenException" => ("MissingAuthenticationToken", StatusCodes.Status403Forbidden),
            "IncompleteSignatureException" => ("IncompleteSignature", StatusCodes.Status400BadRequest),
            _ => ("SignatureDoesNotMatch", StatusCodes.Status403Forbidden),
        };
        return new QueueError(error.Code, queryCode, error.Message)
        {
            TypeNamespace = "com.amazon.coral.service",
            Status = status,
        };
    }

    public static QueueError Invalid(string message) =>
        new("InvalidParameterValueException", "InvalidParameterValue", message);
}
