using System.Globalization;
using System.Text.Json;
using Tally.Emulator.Signatures;

namespace Tally.Emulator.Queues;

/// <summary>One call of an SQS operation.</summary>
/// <param name="Caller">Who calls.</param>
/// <param name="Request">The request, a JSON object.</param>
/// <param name="Endpoint">Where the emulator was reached; queue URLs begin with it.</param>
/// <param name="Aborted">The client has gone.</param>
internal sealed record QueueCall(Caller Caller, JsonElement Request, Uri Endpoint, CancellationToken Aborted)
{
    public Uri UrlOf(Queue queue) => new(Endpoint, $"/{queue.AccountId}/{queue.Name}");

    /// <exception cref="QueueError">The member is not there, or no text.</exception>
    public string Text(string name) => Text(Request, name);

    /// <exception cref="QueueError">The member is not there, or no text.</exception>
    public static string Text(JsonElement holder, string name) =>
        holder.ValueKind is JsonValueKind.Object
        && holder.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String
            ? value.GetString()!
            : throw new QueueError(
                "MissingParameter", "MissingParameter", $"The request must contain the parameter {name}.");

    /// <exception cref="QueueError">The member is no whole number of the range.</exception>
    public int Number(string name, int fallback, (int Min, int Max) range) =>
        Request.TryGetProperty(name, out var value) && value.ValueKind is not JsonValueKind.Null
            ? Ranged(value.ToString(), name, range)
            : fallback;

    /// <summary>An attribute of a queue, where numbers are texts.</summary>
    /// <exception cref="QueueError">The attribute is no whole number of the range.</exception>
    public int Attribute(string name, int fallback, (int Min, int Max) range) =>
        Request.TryGetProperty("Attributes", out var attributes)
        && attributes.ValueKind is JsonValueKind.Object
        && attributes.TryGetProperty(name, out var value)
            ? Ranged(value.ToString(), name, range)
            : fallback;

    /// <exception cref="QueueError">There is no such list, it is empty, or it has more than ten entries.</exception>
    public IReadOnlyList<JsonElement> Entries()
    {
        if (!Request.TryGetProperty("Entries", out var entries) || entries.ValueKind is not JsonValueKind.Array
            || entries.GetArrayLength() == 0)
        {
            throw new QueueError(
                "EmptyBatchRequest",
                "AWS.SimpleQueueService.EmptyBatchRequest",
                "There should be at least one entry in the request.");
        }

        return entries.GetArrayLength() <= 10
            ? [.. entries.EnumerateArray()]
            : throw new QueueError(
                "TooManyEntriesInBatchRequest",
                "AWS.SimpleQueueService.TooManyEntriesInBatchRequest",
                "Maximum number of entries per request are 10.");
    }

    private static int Ranged(string text, string name, (int Min, int Max) range) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
        && number >= range.Min && number <= range.Max
            ? number
            : throw QueueError.Invalid(
                $"Value {text} for parameter {name} is invalid. Reason: must be {range.Min} to {range.Max}.");
}
