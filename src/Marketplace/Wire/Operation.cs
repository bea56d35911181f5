using Amazon.Runtime;

namespace Amazon.AWSMarketplaceMetering.Wire;

/// <summary>
/// An operation: how its request becomes HTTP, and how its answer becomes a response or an exception.
/// </summary>
internal sealed class Operation<TRequest, TResponse>(
    string name, Shape<TRequest> requestShape, Shape<TResponse> responseShape)
    where TRequest : AmazonAWSMarketplaceMeteringRequest, new()
    where TResponse : AmazonWebServiceResponse, new()
{
    public RequestMarshaller<TRequest> RequestMarshaller { get; } = new(name, requestShape);

    public ResponseUnmarshaller<TResponse> ResponseUnmarshaller { get; } = new(responseShape);
}
