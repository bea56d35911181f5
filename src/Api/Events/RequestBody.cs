using System.Collections.Immutable;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using Tally.Api.Errors;
using Tally.Api.Events.CloudEvents;
using Tally.Api.Hosting;

namespace Tally.Api.Events;

/// <summary>Takes in request bodies: content type, encoding, limits.</summary>
/// <param name="options">The limits.</param>
internal sealed class RequestBody(IOptions<TallyApiOptions> options)
{
    /// <summary>The content types of CloudEvents, one and many.</summary>
    public static readonly ImmutableArray<string> CloudEventTypes =
        ["application/cloudevents+json", "application/cloudevents-batch+json"];

    private static readonly ImmutableArray<string> EventTypes =
        ["application/json", "application/x-ndjson", "application/ndjson", "application/jsonl"];

    private readonly TallyApiOptions _options = options.Value;

    /// <summary>Reads the body of a request.</summary>
    /// <param name="context">The request.</param>
    /// <param name="body">Gets the bytes.</param>
    /// <param name="form">How events are written in it; of a CloudEvent's data any content type will do.</param>
    /// <returns>Why it can't be taken; null when it can.</returns>
    public async ValueTask<Problem?> Read(HttpContext context, PooledBody body, EventForm form = EventForm.Own)
    {
        var request = context.Request;
        if (form != EventForm.CloudEventInHeaders && !IsSupported(request.ContentType, form))
        {
            return new(
                ProblemCode.UnsupportedContentType,
                form == EventForm.Own
                    ? "Send application/json or application/x-ndjson, in UTF-8."
                    : "Send application/cloudevents+json or application/cloudevents-batch+json, in UTF-8.");
        }

        if (!TryEncoding(request, out var isGzip))
        {
            return new(ProblemCode.UnsupportedEncoding, "Send the body as it is or with 'Content-Encoding: gzip'.");
        }

        var fault = isGzip
            ? await ReadGzip(request, body, context.RequestAborted)
            : await BodyReader.Read(request, _options.BodySizeMax, body, context.RequestAborted);
        body.DropMark();
        return fault is null ? null : ProblemOf(fault);
    }

    /// <summary>Says what is wrong with a body.</summary>
    /// <param name="fault">What is wrong.</param>
    /// <returns>The error.</returns>
    public Problem ProblemOf(BodyFault fault) => fault.Kind switch
    {
        BodyFaultKind.MalformedJson => new(
            ProblemCode.MalformedJson,
            $"The body stops being JSON in line {fault.Line} at byte {fault.Byte}; nothing of it was kept.")
        {
            Line = fault.Line,
            Byte = fault.Byte,
        },
        BodyFaultKind.Empty => new(ProblemCode.MalformedJson, "The body is empty.") { Line = 1, Byte = 0 },
        BodyFaultKind.MalformedGzip => new(ProblemCode.MalformedGzip, "The body is not gzip, or it was cut off."),
        BodyFaultKind.TooManyEvents => new(
            ProblemCode.TooManyEvents, $"A request has at most {_options.EventsPerRequestMax} events."),
        _ => new(
            ProblemCode.BodyTooLarge,
            $"A body has at most {_options.BodySizeMax} bytes as it is sent and {_options.InflatedSizeMax} inflated."),
    };

    private static bool IsSupported(string? contentType, EventForm form)
    {
        if (string.IsNullOrEmpty(contentType))
        {
            return true;
        }

        var types = form == EventForm.Own ? EventTypes : CloudEventTypes;
        return MediaTypeHeaderValue.TryParse(contentType, out var type)
            && types.Contains(type.MediaType.Value ?? "", StringComparer.OrdinalIgnoreCase)
            && (!type.Charset.HasValue || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase));
    }

    private static bool TryEncoding(HttpRequest request, out bool isGzip)
    {
        var encoding = request.Headers.ContentEncoding.ToString();
        isGzip = encoding.Equals("gzip", StringComparison.OrdinalIgnoreCase)
            || encoding.Equals("x-gzip", StringComparison.OrdinalIgnoreCase);
        return isGzip || encoding.Length == 0 || encoding.Equals("identity", StringComparison.OrdinalIgnoreCase);
    }

    private async ValueTask<BodyFault?> ReadGzip(HttpRequest request, PooledBody body, CancellationToken stop)
    {
        using var packed = new PooledBody();
        return await BodyReader.Read(request, _options.BodySizeMax, packed, stop)
            ?? BodyReader.Inflate(packed, _options.InflatedSizeMax, body);
    }
}
