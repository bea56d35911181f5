using System.Text.Json;
using System.Text.Json.Nodes;
using Tally.Emulator.Signatures;
using Tally.Emulator.Wire;

namespace Tally.Emulator.Queues;

/// <summary>The operations of SQS that a program needs to poll a queue, in AWS JSON 1.0.</summary>
internal sealed class QueueEndpoint(QueueOperations operations, CallerIdentification identification)
{
    public const string TargetPrefix = "AmazonSQS.";
    private const string ContentType = "application/x-amz-json-1.0";

    public static bool IsMeant(HttpRequest request) =>
        request.Headers["X-Amz-Target"].ToString().StartsWith(TargetPrefix, StringComparison.Ordinal);

    public async Task HandleAsync(HttpContext http)
    {
        RequestBody.LiftLimit(http);
        var body = await RequestBody.ReadAsync(http);
        var operation = IsMeant(http.Request)
            ? http.Request.Headers["X-Amz-Target"].ToString()[TargetPrefix.Length..]
            : string.Empty;
        var endpoint = new Uri($"{http.Request.Scheme}://{http.Request.Host}");
        try
        {
            var sent = body ?? throw QueueError.Invalid("The request is too large.");
            var (unidentified, known) = identification.IdentifyForQueues(SignedRequest.Of(http.Request, sent));
            if (known is not { } caller) throw QueueError.Unidentified(unidentified!);
            var request = Parse(sent);
            var call = new QueueCall(caller, request, endpoint, http.RequestAborted);
            await WriteAsync(http, StatusCodes.Status200OK, await operations.CarryOutAsync(operation, call));
        }
        catch (QueueError refused)
        {
            http.Response.Headers["x-amzn-query-error"] = $"{refused.QueryCode};Sender";
            await WriteAsync(http, refused.Status, new JsonObject
            {
                ["__type"] = $"{refused.TypeNamespace}#{refused.Type}",
                ["message"] = refused.Message,
            });
        }
    }

    private static JsonElement Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            var request = JsonSerializer.Deserialize(body.Span, Admin.AdminJson.Default.JsonElement);
            return request.ValueKind is JsonValueKind.Object
                ? request
                : throw new QueueError("SerializationException", "MalformedInput", "The body must be a JSON object.");
        }
        catch (JsonException broken)
        {
            throw new QueueError("SerializationException", "MalformedInput", $"The body is no JSON: {broken.Message}");
        }
    }

    private static async Task WriteAsync(HttpContext http, int status, JsonObject answer)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = ContentType;
        http.Response.Headers["x-amzn-RequestId"] = $"{Guid.NewGuid():D}";
        await http.Response.WriteAsync(answer.ToJsonString(), http.RequestAborted);
    }
}
