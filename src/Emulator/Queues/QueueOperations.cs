using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Tally.Emulator.Queues;

/// <summary>What each operation of SQS does. Source: the API reference of Amazon SQS (2012-11-05).</summary>
internal sealed partial class QueueOperations(MessageQueues queues, Clock.EmulatorClock clock)
{
    private const string VisibilityTimeout = "VisibilityTimeout";
    private const string WaitTime = "ReceiveMessageWaitTimeSeconds";
    private static readonly (int, int) VisibilityRange = (0, 43_200);
    private static readonly (int, int) WaitRange = (0, 20);

    /// <exception cref="QueueError">It is refused.</exception>
    public Task<JsonObject> CarryOutAsync(string operation, QueueCall call) => operation switch
    {
        "CreateQueue" => CreateAsync(call),
        "GetQueueUrl" => Task.FromResult(UrlOf(call, FindByName(call))),
        "ListQueues" => Task.FromResult(List(call)),
        "GetQueueAttributes" => Task.FromResult(Attributes(call)),
        "SetQueueAttributes" => SetAttributesAsync(call),
        "SendMessage" => SendAsync(call),
        "SendMessageBatch" => SendBatchAsync(call),
        "ReceiveMessage" => ReceiveAsync(call),
        "DeleteMessage" => DeleteAsync(call),
        "DeleteMessageBatch" => DeleteBatchAsync(call),
        "ChangeMessageVisibility" => Task.FromResult(ChangeVisibility(call)),
        "PurgeQueue" => PurgeAsync(call),
        "DeleteQueue" => DeleteQueueAsync(call),
        _ => throw new QueueError(
            "UnknownOperationException", "InvalidAction", $"The emulator has no operation {operation}."),
    };

    private async Task<JsonObject> CreateAsync(QueueCall call)
    {
        var name = call.Text("QueueName");
        if (!QueueName().IsMatch(name))
        {
            throw QueueError.Invalid(
                "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length");
        }

        var known = queues.Find(call.Caller.AccountId, name);
        var queue = With(call, known ?? new Queue
        {
            AccountId = call.Caller.AccountId,
            Region = call.Caller.Region,
            Name = name,
            CreatedAt = clock.Surrounding.GetUtcNow(),
        });
        if (known is not null && known != queue)
        {
            throw new QueueError(
                "QueueNameExists",
                "QueueAlreadyExists",
                "A queue already exists with the same name and another value.");
        }

        await queues.SaveAsync(queue);
        return UrlOf(call, queue);
    }

    private JsonObject List(QueueCall call) => new()
    {
        ["QueueUrls"] = new JsonArray(
            [.. queues.List(call.Caller.AccountId).Select(queue => JsonValue.Create(call.UrlOf(queue).ToString()))]),
    };

    private JsonObject Attributes(QueueCall call)
    {
        var queue = FindByUrl(call);
        var (visible, hidden) = queues.Count(queue);
        return new JsonObject
        {
            ["Attributes"] = new JsonObject
            {
                ["QueueArn"] = queue.Arn,
                ["ApproximateNumberOfMessages"] = Text(visible),
                ["ApproximateNumberOfMessagesNotVisible"] = Text(hidden),
                ["ApproximateNumberOfMessagesDelayed"] = "0",
                ["CreatedTimestamp"] = Text(queue.CreatedAt.ToUnixTimeSeconds()),
                [VisibilityTimeout] = Text(queue.VisibilityTimeoutSeconds),
                [WaitTime] = Text(queue.WaitTimeSeconds),
            },
        };
    }

    private async Task<JsonObject> SetAttributesAsync(QueueCall call)
    {
        await queues.SaveAsync(With(call, FindByUrl(call)));
        return [];
    }

    private async Task<JsonObject> SendAsync(QueueCall call) =>
        Sent(await queues.SendAsync(FindByUrl(call), call.Text("MessageBody")) ?? throw QueueError.NoQueue());

    private async Task<JsonObject> SendBatchAsync(QueueCall call)
    {
        var queue = FindByUrl(call);
        var bodies = call.Entries()
            .Select(entry => (Id: QueueCall.Text(entry, "Id"), Body: QueueCall.Text(entry, "MessageBody"))).ToList();
        var successful = new JsonArray();
        foreach (var (id, body) in bodies)
        {
            var sent = Sent(await queues.SendAsync(queue, body) ?? throw QueueError.NoQueue());
            sent["Id"] = id;
            successful.Add((JsonNode)sent);
        }

        return Batch(successful);
    }

    private async Task<JsonObject> ReceiveAsync(QueueCall call)
    {
        var queue = FindByUrl(call);
        var wait = call.Number("WaitTimeSeconds", queue.WaitTimeSeconds, WaitRange);
        var hide = call.Number(VisibilityTimeout, queue.VisibilityTimeoutSeconds, VisibilityRange);
        var received = await queues.ReceiveAsync(
            queue,
            call.Number("MaxNumberOfMessages", 1, (1, 10)),
            (TimeSpan.FromSeconds(wait), TimeSpan.FromSeconds(hide)),
            call.Aborted);
        return received.Count == 0
            ? []
            : new JsonObject { ["Messages"] = new JsonArray([.. received.Select(MessageOf)]) };
    }

    private static JsonObject MessageOf(ReceivedMessage received) => new()
    {
        ["MessageId"] = received.Message.Id,
        ["ReceiptHandle"] = received.Handle,
        ["Body"] = received.Message.Body,
        ["MD5OfBody"] = Md5Of(received.Message.Body),
        ["Attributes"] = new JsonObject
        {
            ["ApproximateReceiveCount"] = Text(received.Receipt.Count),
            ["ApproximateFirstReceiveTimestamp"] = Text(received.Receipt.First.ToUnixTimeMilliseconds()),
            ["SentTimestamp"] = Text(received.Message.SentAt.ToUnixTimeMilliseconds()),
            ["SenderId"] = received.Message.Queue.Split('|')[0],
        },
    };

    private async Task<JsonObject> DeleteAsync(QueueCall call)
    {
        await queues.DeleteAsync(FindByUrl(call), call.Text("ReceiptHandle"));
        return [];
    }

    private async Task<JsonObject> DeleteBatchAsync(QueueCall call)
    {
        var queue = FindByUrl(call);
        var handles = call.Entries()
            .Select(entry => (Id: QueueCall.Text(entry, "Id"), Handle: QueueCall.Text(entry, "ReceiptHandle")))
            .ToList();
        foreach (var (_, handle) in handles)
            await queues.DeleteAsync(queue, handle);
        return Batch(new JsonArray([.. handles.Select(entry => new JsonObject { ["Id"] = entry.Id })]));
    }

    private JsonObject ChangeVisibility(QueueCall call)
    {
        var queue = FindByUrl(call);
        var time = TimeSpan.FromSeconds(call.Number(VisibilityTimeout, 0, VisibilityRange));
        return queues.Hide(queue, call.Text("ReceiptHandle"), time)
            ? []
            : throw new QueueError(
                "MessageNotInflight", "AWS.SimpleQueueService.MessageNotInflight", "The message is not in flight.");
    }

    private async Task<JsonObject> PurgeAsync(QueueCall call)
    {
        await queues.PurgeAsync(FindByUrl(call));
        return [];
    }

    private async Task<JsonObject> DeleteQueueAsync(QueueCall call)
    {
        await queues.DeleteAsync(FindByUrl(call));
        return [];
    }

    private static Queue With(QueueCall call, Queue queue) => queue with
    {
        VisibilityTimeoutSeconds = call.Attribute(VisibilityTimeout, queue.VisibilityTimeoutSeconds, VisibilityRange),
        WaitTimeSeconds = call.Attribute(WaitTime, queue.WaitTimeSeconds, WaitRange),
    };

    private Queue FindByName(QueueCall call) =>
        queues.Find(call.Caller.AccountId, call.Text("QueueName")) ?? throw QueueError.NoQueue();

    private Queue FindByUrl(QueueCall call) =>
        Uri.TryCreate(call.Text("QueueUrl"), UriKind.Absolute, out var url)
        && url.AbsolutePath.Split('/') is ["", var account, var name]
        && queues.Find(account, name) is { } queue
            ? queue
            : throw QueueError.NoQueue();

    private static JsonObject UrlOf(QueueCall call, Queue queue) =>
        new() { ["QueueUrl"] = call.UrlOf(queue).ToString() };

    private static JsonObject Sent(QueueMessage message) => new()
    {
        ["MessageId"] = message.Id,
        ["MD5OfMessageBody"] = Md5Of(message.Body),
    };

    private static JsonObject Batch(JsonArray successful) =>
        new() { ["Successful"] = successful, ["Failed"] = new JsonArray() };

#pragma warning disable CA5351 // SQS's own check of bodies, no security measure.
    private static string Md5Of(string body) => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(body)));
#pragma warning restore CA5351

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^[A-Za-z0-9_-]{1,80}\z", RegexOptions.CultureInvariant)]
    private static partial Regex QueueName();
}
