using Amazon.AWSMarketplaceMetering.Model;
using Amazon.Runtime;
using Endpoint = Amazon.Runtime.Endpoints.Endpoint;

namespace Amazon.AWSMarketplaceMetering;

/// <summary>
/// AWS Marketplace Metering Service, API 2016-01-14: how a seller reports usage and learns who a buyer is.
/// </summary>
/// <remarks>
/// Rules quoted here and on the model types are the service model's. The client checks none of them: it sends what
/// it is given, and the service answers with the exception named. Every operation can also fail with a plain
/// <see cref="AmazonAWSMarketplaceMeteringException"/> (an error code that the model doesn't know, such as
/// <c>AccessDeniedException</c>) or with an <see cref="AmazonClientException"/> (nothing usable was answered).
/// </remarks>
public interface IAmazonAWSMarketplaceMetering : IAmazonService, IDisposable
{
    /// <summary>Reports usage of up to 25 customer hours of one SaaS product in one call.</summary>
    /// <remarks>
    /// Sending the same records again is harmless: the first quantity reported for a product, customer, dimension
    /// and UTC hour counts, the same quantity is a success again, and another one is answered with
    /// <see cref="UsageRecordResultStatus.DuplicateRecord"/>. A success of the call says nothing about its records:
    /// look at each result's status, and send <see cref="BatchMeterUsageResponse.UnprocessedRecords"/> again.
    /// Usage is accepted for less than 24 hours, and that of the previous month until 06:00 UTC on the first day of
    /// the month. A request must stay below 1 MB.
    /// </remarks>
    /// <param name="request">The product and its records.</param>
    /// <param name="cancellationToken">Ends the call, also while it waits for a retry.</param>
    /// <returns>The outcome of each record.</returns>
    /// <exception cref="DisabledApiException">The operation isn't offered in this region.</exception>
    /// <exception cref="InternalServiceErrorException">The service failed; retry.</exception>
    /// <exception cref="InvalidCustomerIdentifierException">A record names a customer that doesn't exist.</exception>
    /// <exception cref="InvalidLicenseException">A licence is unknown, another customer's or not active.</exception>
    /// <exception cref="InvalidProductCodeException">The product code isn't that of the product.</exception>
    /// <exception cref="InvalidTagException">A tag is invalid, or there are more than 5.</exception>
    /// <exception cref="InvalidUsageAllocationsException">The allocations don't add up to the quantity.</exception>
    /// <exception cref="InvalidUsageDimensionException">A record names a dimension the product lacks.</exception>
    /// <exception cref="ThrottlingException">Too many calls; retry later.</exception>
    /// <exception cref="TimestampOutOfBoundsException">A record is too old; nothing was processed.</exception>
    Task<BatchMeterUsageResponse> BatchMeterUsageAsync(
        BatchMeterUsageRequest request, CancellationToken cancellationToken = default);

    /// <summary>Reports usage from software that runs in the buyer's own account.</summary>
    /// <remarks>
    /// For AMI and container products: signed with the credentials of the EC2 instance, ECS task or EKS pod, once per
    /// hour and dimension; the timestamp is rounded down to its hour. Software in Bedrock AgentCore Runtime may report
    /// as often as it likes, each time under another <see cref="MeterUsageRequest.ClientToken"/>. Usage is accepted
    /// for six hours.
    /// </remarks>
    /// <param name="request">The product, the hour and what was used.</param>
    /// <param name="cancellationToken">Ends the call, also while it waits for a retry.</param>
    /// <returns>The id of the metering record.</returns>
    /// <exception cref="CustomerNotEntitledException">The account isn't subscribed to the product.</exception>
    /// <exception cref="DuplicateRequestException">The hour was reported with another quantity.</exception>
    /// <exception cref="IdempotencyConflictException">The client token was used for another request.</exception>
    /// <exception cref="InternalServiceErrorException">The service failed; retry.</exception>
    /// <exception cref="InvalidEndpointRegionException">The caller runs in another region.</exception>
    /// <exception cref="InvalidProductCodeException">The product code isn't that of the product.</exception>
    /// <exception cref="InvalidTagException">A tag is invalid, or there are more than 5.</exception>
    /// <exception cref="InvalidUsageAllocationsException">The allocations don't add up to the quantity.</exception>
    /// <exception cref="InvalidUsageDimensionException">The product lacks the dimension.</exception>
    /// <exception cref="ThrottlingException">Too many calls; retry later.</exception>
    /// <exception cref="TimestampOutOfBoundsException">The usage is too old.</exception>
    Task<MeterUsageResponse> MeterUsageAsync(
        MeterUsageRequest request, CancellationToken cancellationToken = default);

    /// <summary>
    /// Tells AWS that a paid container started, which checks that its account is subscribed and starts hourly billing.
    /// </summary>
    /// <remarks>
    /// To be called once at the start of the container, with its own role and in its own region. Only the first call
    /// of a task or pod can fail for want of a subscription.
    /// </remarks>
    /// <param name="request">The product and the version of the public key that is to verify the answer.</param>
    /// <param name="cancellationToken">Ends the call, also while it waits for a retry.</param>
    /// <returns>A signed statement of the registration.</returns>
    /// <exception cref="CustomerNotEntitledException">The account isn't subscribed to the product.</exception>
    /// <exception cref="DisabledApiException">The operation isn't offered in this region.</exception>
    /// <exception cref="InternalServiceErrorException">The service failed; retry.</exception>
    /// <exception cref="InvalidProductCodeException">The product code isn't that of the product.</exception>
    /// <exception cref="InvalidPublicKeyVersionException">There is no such key version.</exception>
    /// <exception cref="InvalidRegionException">The task or pod was started in another region.</exception>
    /// <exception cref="Model.PlatformNotSupportedException">Not on ECS, EKS or Fargate.</exception>
    /// <exception cref="ThrottlingException">Too many calls; retry later.</exception>
    Task<RegisterUsageResponse> RegisterUsageAsync(
        RegisterUsageRequest request, CancellationToken cancellationToken = default);

    /// <summary>
    /// Exchanges the token that a buyer's browser brings to the registration page for the buyer's ids.
    /// </summary>
    /// <remarks>
    /// To be called with credentials of the account that published the product. An answer doesn't prove that the
    /// subscription is active.
    /// </remarks>
    /// <param name="request">The token.</param>
    /// <param name="cancellationToken">Ends the call, also while it waits for a retry.</param>
    /// <returns>The buyer and the product.</returns>
    /// <exception cref="DisabledApiException">The operation isn't offered in this region.</exception>
    /// <exception cref="ExpiredTokenException">The token is too old; the buyer must start again.</exception>
    /// <exception cref="InternalServiceErrorException">The service failed; retry.</exception>
    /// <exception cref="InvalidTokenException">The token is not one of this account's.</exception>
    /// <exception cref="ThrottlingException">Too many calls; retry later.</exception>
    Task<ResolveCustomerResponse> ResolveCustomerAsync(
        ResolveCustomerRequest request, CancellationToken cancellationToken = default);

    /// <summary>Says where a request would be sent.</summary>
    /// <param name="request">A request of this service.</param>
    /// <returns>The endpoint that follows from the client's configuration.</returns>
    /// <exception cref="AmazonClientException">The configuration contradicts itself or names no region.</exception>
    Endpoint DetermineServiceOperationEndpoint(AmazonWebServiceRequest request);

    /// <summary>Lets dependency injection make a configuration without knowing its type.</summary>
    static ClientConfig IAmazonService.CreateDefaultClientConfig() => new AmazonAWSMarketplaceMeteringConfig();

    /// <summary>Lets dependency injection make a client without knowing its type.</summary>
    static IAmazonService IAmazonService.CreateDefaultServiceClient(
        AWSCredentials awsCredentials, ClientConfig clientConfig) =>
        new AmazonAWSMarketplaceMeteringClient(awsCredentials, (AmazonAWSMarketplaceMeteringConfig)clientConfig);
}
