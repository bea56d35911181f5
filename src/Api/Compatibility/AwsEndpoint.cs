using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Tally.Api.Compatibility.Metering;
using Tally.Api.Compatibility.Signing;
using Tally.Api.Compatibility.Wire;
using Tally.Api.Events;
using Tally.Api.Hosting;
using Tally.Contracts.Tenants;

namespace Tally.Api.Compatibility;

/// <summary>
/// Answers AWS JSON 1.1 as AWS's metering service does, so that an application that calls it today changes only where
/// it calls. Source: the service model; AWS, the AWS JSON 1.1 protocol.
/// </summary>
/// <param name="signatures">Who calls.</param>
/// <param name="operations">What can be called.</param>
/// <param name="instruments">What is measured.</param>
/// <param name="logger">The log.</param>
internal sealed partial class AwsEndpoint(
    SignatureVerifier signatures, AwsOperations operations, ApiInstruments instruments, ILogger<AwsEndpoint> logger)
{
    /// <summary>The name before an operation's in <c>X-Amz-Target</c>.</summary>
    public const string Service = "AWSMPMeteringService";

    /// <summary>AWS's own limit. Source: the service model, BatchMeterUsage.</summary>
    private const int BodySizeMax = 1024 * 1024;

    private const string ContentType = "application/x-amz-json-1.1";

    /// <summary>Answers a call.</summary>
    /// <param name="context">The request.</param>
    /// <returns>A task that completes when it is answered.</returns>
    public async Task Run(HttpContext context)
    {
        var operation = operations.Find(context.Request.Headers["X-Amz-Target"].ToString());
        ApiKeyIdentity? caller = null;
        try
        {
            using var body = new PooledBody();
            var answer = await BodyReader.Read(context.Request, BodySizeMax, body, context.RequestAborted) is not null
                ? AwsAnswer.Of(new AwsError(
                    "RequestEntityTooLargeException", "A request has at most 1 MiB, and no other encoding."))
                : default(AwsAnswer?);
            var bytes = body.Buffer.AsMemory(0, body.Length);
            if (answer is null)
            {
                (caller, var refusal) = await signatures.Verify(context.Request, bytes, context.RequestAborted);
                answer = caller is null ? AwsAnswer.Of(refusal!) : await Answer(context, operation, caller, bytes);
            }

            await Write(context, answer.Value);
        }
        catch (Exception exception) when (context.RequestAborted.IsCancellationRequested)
        {
            Log.ClientGone(logger, exception, operation?.Name);
        }
        catch (Exception exception)
        {
            Log.Failed(logger, exception, operation?.Name);
            await Write(context, AwsAnswer.Of(RecordFates.ErrorOf(exception)));
        }

        if (caller is not null)
        {
            instruments.Request(operation?.Name ?? "UnknownOperation", context.Response.StatusCode);
        }
    }

    private static async Task<AwsAnswer> Answer(
        HttpContext context, AwsOperation? operation, ApiKeyIdentity caller, ReadOnlyMemory<byte> body)
    {
        if (operation is null)
        {
            return AwsAnswer.Of(new AwsError("UnknownOperationException", "There is no such operation."));
        }

        if (!caller.Scopes.Contains(operation.Scope))
        {
            return AwsAnswer.Of(new AwsError(
                "AccessDeniedException",
                $"The access key is not authorized to perform: aws-marketplace:{operation.Name}; it lacks the scope "
                + $"'{operation.Scope}'."));
        }

        try
        {
            return await operation.Run(new(caller.Tenant, body, context.RequestAborted));
        }
        catch (JsonException)
        {
            return AwsAnswer.Of(new AwsError(
                "SerializationException", $"The body is not the JSON of a {operation.Name} request."));
        }
    }

    private static async Task Write(HttpContext context, AwsAnswer answer)
    {
        var body = answer.Error is { } error
            ? JsonSerializer.SerializeToUtf8Bytes(
                new AwsErrorDocument(error.Code, error.Message), AwsJsonContext.Default.AwsErrorDocument)
            : answer.Body;
        var response = context.Response;
        response.StatusCode = answer.Error?.Status ?? StatusCodes.Status200OK;
        response.ContentType = ContentType;
        response.ContentLength = body.Length;
        response.Headers["x-amzn-RequestId"] = Guid.NewGuid().ToString("D");
        if (answer.Error is not null)
        {
            response.Headers["x-amzn-ErrorType"] = answer.Error.Code;
        }

        await response.Body.WriteAsync(body, context.RequestAborted);
    }
}
