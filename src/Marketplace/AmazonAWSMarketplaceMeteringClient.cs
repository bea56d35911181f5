using Amazon.AWSMarketplaceMetering.Internal;
using Amazon.AWSMarketplaceMetering.Model;
using Amazon.AWSMarketplaceMetering.Wire;
using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Amazon.Runtime.Internal;
using Endpoint = Amazon.Runtime.Endpoints.Endpoint;

namespace Amazon.AWSMarketplaceMetering;

/// <summary>
/// Calls the AWS Marketplace Metering Service. Credentials, signing, retries, time-outs and connections are those of
/// AWSSDK.Core; this class adds the four operations. An instance is safe for use by many threads and meant to be kept.
/// </summary>
public partial class AmazonAWSMarketplaceMeteringClient : AmazonServiceClient, IAmazonAWSMarketplaceMetering
{
    private static readonly IServiceMetadata Metadata = new AmazonAWSMarketplaceMeteringMetadata();

    /// <summary>Takes credentials and region from the environment, as AWSSDK.Core finds them.</summary>
    public AmazonAWSMarketplaceMeteringClient()
        : base(new AmazonAWSMarketplaceMeteringConfig())
    {
    }

    /// <summary>Takes credentials from the environment, as AWSSDK.Core finds them.</summary>
    /// <param name="region">The region to call.</param>
    public AmazonAWSMarketplaceMeteringClient(RegionEndpoint region)
        : base(new AmazonAWSMarketplaceMeteringConfig { RegionEndpoint = region })
    {
    }

    /// <summary>Takes credentials from the environment, as AWSSDK.Core finds them.</summary>
    /// <param name="config">Region or endpoint, retries, time-outs.</param>
    public AmazonAWSMarketplaceMeteringClient(AmazonAWSMarketplaceMeteringConfig config)
        : base(config)
    {
    }

    /// <summary>Takes the region from the environment, as AWSSDK.Core finds it.</summary>
    /// <param name="credentials">What requests are signed with.</param>
    public AmazonAWSMarketplaceMeteringClient(AWSCredentials credentials)
        : this(credentials, new AmazonAWSMarketplaceMeteringConfig())
    {
    }

    /// <summary>Uses the credentials given in the region given.</summary>
    /// <param name="credentials">What requests are signed with.</param>
    /// <param name="region">The region to call.</param>
    public AmazonAWSMarketplaceMeteringClient(AWSCredentials credentials, RegionEndpoint region)
        : this(credentials, new AmazonAWSMarketplaceMeteringConfig { RegionEndpoint = region })
    {
    }

    /// <summary>Uses the credentials given as configured.</summary>
    /// <param name="credentials">What requests are signed with.</param>
    /// <param name="clientConfig">Region or endpoint, retries, time-outs.</param>
    public AmazonAWSMarketplaceMeteringClient(
        AWSCredentials credentials, AmazonAWSMarketplaceMeteringConfig clientConfig)
        : base(credentials, clientConfig)
    {
    }

    /// <summary>Takes the region from the environment, as AWSSDK.Core finds it.</summary>
    /// <param name="awsAccessKeyId">The access key's id.</param>
    /// <param name="awsSecretAccessKey">The access key's secret.</param>
    public AmazonAWSMarketplaceMeteringClient(string awsAccessKeyId, string awsSecretAccessKey)
        : this(awsAccessKeyId, awsSecretAccessKey, new AmazonAWSMarketplaceMeteringConfig())
    {
    }

    /// <summary>Uses the access key given in the region given.</summary>
    /// <param name="awsAccessKeyId">The access key's id.</param>
    /// <param name="awsSecretAccessKey">The access key's secret.</param>
    /// <param name="region">The region to call.</param>
    public AmazonAWSMarketplaceMeteringClient(string awsAccessKeyId, string awsSecretAccessKey, RegionEndpoint region)
        : this(awsAccessKeyId, awsSecretAccessKey, new AmazonAWSMarketplaceMeteringConfig { RegionEndpoint = region })
    {
    }

    /// <summary>Uses the access key given as configured.</summary>
    /// <param name="awsAccessKeyId">The access key's id.</param>
    /// <param name="awsSecretAccessKey">The access key's secret.</param>
    /// <param name="clientConfig">Region or endpoint, retries, time-outs.</param>
    public AmazonAWSMarketplaceMeteringClient(
        string awsAccessKeyId, string awsSecretAccessKey, AmazonAWSMarketplaceMeteringConfig clientConfig)
        : base(awsAccessKeyId, awsSecretAccessKey, clientConfig)
    {
    }

    /// <summary>Takes the region from the environment, as AWSSDK.Core finds it.</summary>
    /// <param name="awsAccessKeyId">The temporary access key's id.</param>
    /// <param name="awsSecretAccessKey">The temporary access key's secret.</param>
    /// <param name="awsSessionToken">The session the key belongs to.</param>
    public AmazonAWSMarketplaceMeteringClient(
        string awsAccessKeyId, string awsSecretAccessKey, string awsSessionToken)
        : this(awsAccessKeyId, awsSecretAccessKey, awsSessionToken, new AmazonAWSMarketplaceMeteringConfig())
    {
    }

    /// <summary>Uses the temporary access key given in the region given.</summary>
    /// <param name="awsAccessKeyId">The temporary access key's id.</param>
    /// <param name="awsSecretAccessKey">The temporary access key's secret.</param>
    /// <param name="awsSessionToken">The session the key belongs to.</param>
    /// <param name="region">The region to call.</param>
    public AmazonAWSMarketplaceMeteringClient(
        string awsAccessKeyId, string awsSecretAccessKey, string awsSessionToken, RegionEndpoint region)
        : this(
            awsAccessKeyId, awsSecretAccessKey, awsSessionToken,
            new AmazonAWSMarketplaceMeteringConfig { RegionEndpoint = region })
    {
    }

    /// <summary>Uses the temporary access key given as configured.</summary>
    /// <param name="awsAccessKeyId">The temporary access key's id.</param>
    /// <param name="awsSecretAccessKey">The temporary access key's secret.</param>
    /// <param name="awsSessionToken">The session the key belongs to.</param>
    /// <param name="clientConfig">Region or endpoint, retries, time-outs.</param>
    public AmazonAWSMarketplaceMeteringClient(
        string awsAccessKeyId, string awsSecretAccessKey, string awsSessionToken,
        AmazonAWSMarketplaceMeteringConfig clientConfig)
        : base(awsAccessKeyId, awsSecretAccessKey, awsSessionToken, clientConfig)
    {
    }

    /// <summary>Names the service to AWSSDK.Core.</summary>
    protected override IServiceMetadata ServiceMetadata => Metadata;

    /// <inheritdoc/>
    public virtual Task<BatchMeterUsageResponse> BatchMeterUsageAsync(
        BatchMeterUsageRequest request, CancellationToken cancellationToken = default) =>
        CallAsync(Operations.BatchMeterUsage, request, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<MeterUsageResponse> MeterUsageAsync(
        MeterUsageRequest request, CancellationToken cancellationToken = default) =>
        CallAsync(Operations.MeterUsage, request, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<RegisterUsageResponse> RegisterUsageAsync(
        RegisterUsageRequest request, CancellationToken cancellationToken = default) =>
        CallAsync(Operations.RegisterUsage, request, cancellationToken);

    /// <inheritdoc/>
    public virtual Task<ResolveCustomerResponse> ResolveCustomerAsync(
        ResolveCustomerRequest request, CancellationToken cancellationToken = default) =>
        CallAsync(Operations.ResolveCustomer, request, cancellationToken);

    /// <inheritdoc/>
    public Endpoint DetermineServiceOperationEndpoint(AmazonWebServiceRequest request) =>
        Config.DetermineServiceOperationEndpoint(new ServiceOperationEndpointParameters(request));

    /// <summary>Puts this service's endpoint rules and signing into the pipeline of AWSSDK.Core.</summary>
    /// <param name="pipeline">The pipeline of this client.</param>
    protected override void CustomizeRuntimePipeline(RuntimePipeline pipeline)
    {
        // The marshaller runs first, then who signs, then where to: each is added right behind the marshaller.
        pipeline.RemoveHandler<EndpointResolver>();
        pipeline.AddHandlerAfter<Marshaller>(new AmazonAWSMarketplaceMeteringEndpointResolver());
        pipeline.AddHandlerAfter<Marshaller>(new AmazonAWSMarketplaceMeteringAuthSchemeHandler());
    }

    private Task<TResponse> CallAsync<TRequest, TResponse>(
        Operation<TRequest, TResponse> operation, TRequest request, CancellationToken cancellationToken)
        where TRequest : AmazonAWSMarketplaceMeteringRequest, new()
        where TResponse : AmazonWebServiceResponse, new()
    {
        ArgumentNullException.ThrowIfNull(request);
        var options = new InvokeOptions
        {
            RequestMarshaller = operation.RequestMarshaller,
            ResponseUnmarshaller = operation.ResponseUnmarshaller,
        };
        return InvokeAsync<TResponse>(request, options, cancellationToken);
    }
}
