using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Tally.Emulator.Clock;
using Tally.Emulator.Faults;
using Tally.Emulator.Rules;
using Tally.Emulator.Signatures;

namespace Tally.Emulator.Wire;

/// <summary>
/// <c>POST /</c> in AWS JSON 1.1, and 1.0: reads the body, finds out who calls, lets the faults have their say, carries
/// the operation out, writes the answer.
/// </summary>
internal sealed partial class MeteringEndpoint(
    OperationSet operations,
    CallerIdentification identification,
    RuleBook book,
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
        var operation = OperationOf(http.Request);
        var sent = await RequestBody.ReadAsync(http);
        var signed = SignedRequest.Of(http.Request, sent ?? default);
        // What was not read can't be checked; its size is what is wrong with it, whoever sent it.
        var (unidentified, known) = sent is null
            ? (null, identification.Believe(signed))
            : identification.Identify(signed);
        var caller = known ?? new Caller(EmulatorOptions.DefaultAccountId, EmulatorOptions.DefaultRegion, null);
        var faults = unidentified is null ? injector.Next(caller, operation) : CallFaults.None;
        var entry = new RecordedCall
        {
            Time = clock.GetUtcNow(),
            AccountId = caller.AccountId,
            Region = caller.Region,
            Operation = operation,
            RequestId = Guid.NewGuid().ToString("D"),
        };
        if (faults.Latency > TimeSpan.Zero) await Task.Delay(faults.Latency, clock.Surrounding, http.RequestAborted);
        if (faults.Drops)
        {
            calls.Add(entry with { Error = "ConnectionDropped" });
            http.Abort();
            return;
        }

        var answer = unidentified is null
            ? await AnswerAsync(http, sent, (caller, entry, faults))
            : Answer.Of(unidentified);
        var body = BodyOf(answer);
        entry = entry with
        {
            Records = answer.Records,
            Request = CallLog.TextOf(sent),
            Answer = CallLog.TextOf(body),
        };
        if (answer.Error is null && (faults.LosesAnswer || faults.TimesOut))
        {
            await LoseAsync(http, entry, faults);
            return;
        }

        calls.Add(entry with { Status = answer.Status, Error = answer.Error?.Code });
        await WriteAsync(http, answer, body, (entry.RequestId, faults));
    }

    private async Task<Answer> AnswerAsync(
        HttpContext http,
        ReadOnlyMemory<byte>? body,
        (Caller Caller, RecordedCall Entry, CallFaults Faults) call)
    {
        var (operation, requestId) = (call.Entry.Operation, call.Entry.RequestId);
        if (call.Faults.Refusal(operation) is { } refusal) return Answer.Of(refusal);
        if (MediaTypeOf(http.Request) is null)
        {
            return Answer.Of(ServiceError.UnknownOperation(
                $"The content type must be {ContentType11}, not '{http.Request.ContentType}'."));
        }

        if (body is null)
        {
            return Answer.Of(ServiceError.Validation(
                $"1 validation error detected: A request must be less than {Constraints.RequestBytesMax} bytes",
                book.OpenPoints.ConstraintError));
        }

        try
        {
            return await operations.CarryOutAsync(
                operation,
                body.Value,
                json => new MeteringCall(call.Caller, json, http.Request.Headers, call.Faults));
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

    /// <summary>Cuts the connection, at once or when the client has had enough.</summary>
    private async Task LoseAsync(HttpContext http, RecordedCall entry, CallFaults faults)
    {
        calls.Add(entry with { Error = faults.LosesAnswer ? "AnswerLost" : "AnswerTimedOut" });
        if (!faults.LosesAnswer)
        {
            await Task.Delay(faults.Plan.Timeout, clock.Surrounding, http.RequestAborted)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        http.Abort();
    }

    private static ReadOnlyMemory<byte> BodyOf(Answer answer)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
            answer.Write(json);
        return buffer.WrittenMemory;
    }

    private static async Task WriteAsync(
        HttpContext http,
        Answer answer,
        ReadOnlyMemory<byte> body,
        (string RequestId, CallFaults Faults) call)
    {
        http.Response.StatusCode = answer.Status;
        http.Response.ContentType = MediaTypeOf(http.Request) ?? ContentType11;
        http.Response.Headers["x-amzn-RequestId"] = call.RequestId;
        if (answer.Error == ServiceError.Throttled && call.Faults.Plan.RetryAfterSeconds is { } seconds)
            http.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        http.Response.ContentLength = body.Length;
        await http.Response.BodyWriter.WriteAsync(body, http.RequestAborted);
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
