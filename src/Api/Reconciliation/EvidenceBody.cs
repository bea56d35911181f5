using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using Tally.Api.Errors;
using Tally.Api.Events;
using Tally.Api.Hosting;

namespace Tally.Api.Reconciliation;

/// <summary>Takes in evidence: JSON or CSV, plain or gzip, up to a size.</summary>
/// <param name="options">The size.</param>
internal sealed class EvidenceBody(IOptions<TallyApiOptions> options)
{
    private readonly int _sizeMax = options.Value.EvidenceSizeMax;

    /// <summary>The content types that evidence may have.</summary>
    public static IReadOnlyList<string> Types { get; } =
        ["application/json", "application/x-ndjson", "text/csv", "application/gzip", "application/octet-stream"];

    /// <summary>Reads the body of a request.</summary>
    /// <param name="context">The request.</param>
    /// <param name="body">Gets the bytes, inflated where need be.</param>
    /// <returns>Why it can't be taken; null when it can.</returns>
    public async ValueTask<Problem?> Read(HttpContext context, PooledBody body)
    {
        var request = context.Request;
        var type = request.ContentType is { Length: > 0 } text && MediaTypeHeaderValue.TryParse(text, out var parsed)
            ? parsed.MediaType.Value
            : request.ContentType;
        if (!string.IsNullOrEmpty(type) && !Types.Contains(type, StringComparer.OrdinalIgnoreCase))
        {
            return new(ProblemCode.UnsupportedContentType, $"Send one of {string.Join(", ", Types)}, in UTF-8.");
        }

        var encoding = request.Headers.ContentEncoding.ToString();
        var isGzip = encoding is "gzip" or "x-gzip" || type is "application/gzip";
        if (!isGzip && encoding.Length > 0 && encoding is not "identity")
        {
            return new(ProblemCode.UnsupportedEncoding, "Send the body as it is or with 'Content-Encoding: gzip'.");
        }

        // The server's own limit is meant for smaller requests.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = _sizeMax;
        }

        var fault = isGzip
            ? await ReadGzip(request, body, context.RequestAborted)
            : await BodyReader.Read(request, _sizeMax, body, context.RequestAborted);
        body.DropMark();
        return fault?.Kind switch
        {
            null => null,
            BodyFaultKind.MalformedGzip => new(
                ProblemCode.MalformedGzip, "The body is not gzip, or it was cut off."),
            _ => new(
                ProblemCode.BodyTooLarge,
                $"Evidence has at most {_sizeMax} bytes, as it is sent and inflated; send fewer hours at once."),
        };
    }

    private async ValueTask<BodyFault?> ReadGzip(HttpRequest request, PooledBody body, CancellationToken stop)
    {
        using var packed = new PooledBody();
        return await BodyReader.Read(request, _sizeMax, packed, stop)
            ?? BodyReader.Inflate(packed, _sizeMax, body);
    }
}
