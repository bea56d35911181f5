namespace Tally.Emulator.Queues;

/// <summary>An error in the words of SQS.</summary>
/// <param name="type">The type in the JSON protocol, without its namespace.</param>
/// <param name="queryCode">The code that older clients know.</param>
/// <param name="message">What is wrong.</param>
internal sealed class QueueError(string type, string queryCode, string message) : Exception(message)
{
    public string Type => type;

    public string QueryCode => queryCode;

    public static QueueError NoQueue() => new(
        "QueueDoesNotExist",
        "AWS.SimpleQueueService.NonExistentQueue",
        "The specified queue does not exist.");

    public static QueueError Invalid(string message) =>
        new("InvalidParameterValueException", "InvalidParameterValue", message);
}
