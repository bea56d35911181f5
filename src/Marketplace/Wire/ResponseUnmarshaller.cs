#nullable enable
using System.Net;
using System.Text.Json;
using Amazon.Runtime;
using Amazon.Runtime.Internal.Transform;

namespace Amazon.AWSMarketplaceMetering.Wire;

/// <summary>
/// Reads answers, directly from their stream: AWSSDK.Core's own JSON reading changes its shape within version 4.
/// </summary>
/// <remarks>
/// An answer without a body, or with another than a JSON object, is no success, whatever its status says: a missing
/// list of results must not look like an empty one. AWSSDK.Core wraps the exception in an
/// <see cref="AmazonUnmarshallingException"/> and retries.
/// </remarks>
internal sealed class ResponseUnmarshaller<TResponse>(Shape<TResponse> shape) : JsonResponseUnmarshaller
    where TResponse : AmazonWebServiceResponse, new()
{
    public override AmazonWebServiceResponse Unmarshall(JsonUnmarshallerContext input)
    {
        var reader = new Utf8JsonReader(Body(input).Span);
        _ = reader.Read();
        var response = shape.Read(ref reader);
        // Reads to the end, so that a body cut off or followed by something else doesn't pass.
        while (reader.Read())
        {
        }

        return response;
    }

    public override AmazonServiceException UnmarshallException(
        JsonUnmarshallerContext input, Exception innerException, HttpStatusCode statusCode)
    {
        var error = ServiceError.Parse(Body(input), input.ResponseData);
        return ServiceErrors.ToException(error with { Cause = innerException, Status = statusCode });
    }

    private static ReadOnlyMemory<byte> Body(JsonUnmarshallerContext input)
    {
        using var copy = new MemoryStream();
        input.Stream.CopyTo(copy);
        return copy.GetBuffer().AsMemory(0, checked((int)copy.Length));
    }
}
