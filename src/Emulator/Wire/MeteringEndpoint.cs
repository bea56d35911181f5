using System.Buffers;
using System.Text.Json;
using Tally.Emulator.Clock;
using Tally.Emulator.Faults;
using Tally.Emulator.Rules;
using Tally.Emulator.Signatures;

namespace Tally.Emulator.Wire;

/// <summary>
/// <c>POST /</c> in AWS JSON 1.1, and 1.0: reads the operation's name, lets the faults have their say, reads the body,
/// carries the operation out, writes the answer.
/// </summary>
internal sealed partial class MeteringEndpoint(
    OperationSet operations,
    FaultInjector injector,
    CallLog calls,
    EmulatorClock clock,
    ILogger<MeteringEndpoint> logger)
{
    public const string ServiceName = "AWSMPMeteringService";
    private const string TargetPrefix = ServiceName + ".";
    private const string ContentType10 = "application/x-amz-json-1.0";
    private const string ContentType11 = "application/x-amz-json-1.1";

    public async Task HandleAsync(HttpContext http)
    {
        RequestBody.LiftLimit(http);
        var requestId = Guid.NewGuid().ToString("D");
        var arrived = clock.GetUtcNow();
        var faults = injector.Next();
        var operation = OperationOf(http.Request);
        if (faults.Latency > TimeSpan.Zero) await Task.Delay(faults.Latency, clock.Surrounding, http.RequestAborted);
        var answer = await AnswerAsync(http, operation, requestId, faults);

        var isCut = answer.Error is null && faults.DropsAfterAccept;
        calls.Add(new RecordedCall(
            arrived,
            operation,
            isCut ? 0 : answer.Status,
            isCut ? "ConnectionAborted" : answer.Error?.Code,
            answer.Records,
            requestId));
        if (isCut)
            http.Abort();
        else
            await WriteAsync(http, answer, requestId);
    }

    private async Task<Answer> AnswerAsync(HttpContext http, string operation, string requestId, CallFaults faults)
    {
        if (faults.Throttles) return Answer.Of(ServiceError.Throttled);
        if (faults.Fails) return Answer.Of(ServiceError.InternalError);
        if (MediaTypeOf(http.Request) is null)
        {
            return Answer.Of(ServiceError.UnknownOperation(
                $"The content type must be {ContentType11}, not '{http.Request.ContentType}'."));
        }

        try
        {
            var body = await RequestBody.ReadAsync(http);
            if (body is null)
            {
                return Answer.Of(ServiceError.Validation(
                    $"1 validation error detected: A request must be less than {Constraints.RequestBytesMax} bytes"));
            }

            var caller = new Caller(EmulatorOptions.DefaultAccountId, EmulatorOptions.DefaultRegion, null);
            return await operations.CarryOutAsync(
                operation, body.Value, json => new MeteringCall(caller, json, http.Request.Headers, faults));
        }
        catch (AwsJsonException unreadable)
        {
            return Answer.Of(ServiceError.Serialization(unreadable.Message));
        }
        catch (Exception failure) when (failure is not OperationCanceledException and not IOException)
        {
            LogFailed(logger, operation, requestId, failure);
            return Answer.Of(ServiceError.InternalError);
        }
    }

    private static async Task WriteAsync(HttpContext http, Answer answer, string requestId)
    {
        http.Response.StatusCode = answer.Status;
        http.Response.ContentType = MediaTypeOf(http.Request) ?? ContentType11;
        http.Response.Headers["x-amzn-RequestId"] = requestId;
        var buffer = new ArrayBufferWriter<byte>();
        await using (var json = new Utf8JsonWriter(buffer))
            answer.Write(json);
        http.Response.ContentLength = buffer.WrittenCount;
        await http.Response.BodyWriter.WriteAsync(buffer.WrittenMemory, http.RequestAborted);
    }

    private static string OperationOf(HttpRequest request) =>
        request.Headers["X-Amz-Target"].ToString() is var target
        && target.StartsWith(TargetPrefix, StringComparison.Ordinal)
            ? target[TargetPrefix.Length..]
            : string.Empty;

    private static string? MediaTypeOf(HttpRequest request) =>
        (request.ContentType ?? string.Empty).Split(';')[0].Trim().ToLowerInvariant() switch
        {
            ContentType10 => ContentType10,
            ContentType11 => ContentType11,
            _ => null,
        };
}
