#nullable enable
using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Amazon.Runtime;
using Amazon.Runtime.Internal;
using Amazon.Runtime.Internal.Transform;
using Amazon.Util;

namespace Amazon.AWSMarketplaceMetering.Wire;

/// <summary>Makes requests of AWS JSON 1.1: all are posted to the root, and a header names the operation.</summary>
internal sealed class RequestMarshaller<TRequest>(string operation, Shape<TRequest> shape)
    : IMarshaller<IRequest, AmazonWebServiceRequest>
    where TRequest : AmazonAWSMarketplaceMeteringRequest, new()
{
    private const string ServiceName = "Amazon.AWSMarketplaceMetering";

    // The service limits requests to 1 MB, so nothing is escaped that JSON doesn't require to be.
    private static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public IRequest Marshall(AmazonWebServiceRequest input) => new DefaultRequest(input, ServiceName)
    {
        HttpMethod = "POST",
        ResourcePath = "/",
        Headers =
        {
            ["X-Amz-Target"] = "AWSMPMeteringService." + operation,
            ["Content-Type"] = "application/x-amz-json-1.1",
            [HeaderKeys.XAmzApiVersion] = "2016-01-14",
        },
        Content = Body((TRequest)input),
    };

    private byte[] Body(TRequest input)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Options))
            shape.Write(writer, input);
        return buffer.WrittenSpan.ToArray();
    }
}
