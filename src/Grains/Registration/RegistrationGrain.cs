using Amazon.AWSMarketplaceMetering;
using Amazon.AWSMarketplaceMetering.Model;
using Amazon.Runtime;
using Microsoft.Extensions.Logging;
using Orleans.Concurrency;
using Tally.Contracts.Customers;
using Tally.Contracts.Products;
using Tally.Contracts.Registration;
using Tally.Contracts.Tenants;
using Tally.Domain.Catalogue;
using Tally.Grains.Delivery;

namespace Tally.Grains.Registration;

/// <summary>Asks AWS with a tenant's credentials. Stores nothing, so any number of it work side by side.</summary>
/// <param name="clients">The AWS clients.</param>
/// <param name="logger">The log.</param>
[StatelessWorker, Reentrant]
internal sealed partial class RegistrationGrain(IMarketplaceClients clients, ILogger<RegistrationGrain> logger)
    : Grain, IRegistrationGrain
{
    /// <summary>What applications see when the platform itself can't ask.</summary>
    private const string InternalError = "InternalServiceErrorException";

    private string Tenant => this.GetPrimaryKeyString();

    /// <inheritdoc />
    public async Task<ResolveReply> Resolve(string token)
    {
        // Which product the token is for is only known afterwards; a tenant's products share its credentials.
        var products = (await GrainFactory.GetGrain<ITenantGrain>(Tenant).Get())?.Products ?? [];
        if (products is not [var any, ..])
        {
            return new(null, null, null, new(InternalError, "There is no product yet; declare one first."));
        }

        var request = new ResolveCustomerRequest { RegistrationToken = token };
        var (response, error) = await Ask(
            nameof(Resolve), () => clients.For(new(Tenant, any)).ResolveCustomerAsync(request));
        return response is null ? new(null, null, null, error) : await Introduce(response);
    }

    /// <inheritdoc />
    public async Task<RegisterReply> Register(string productCode, int publicKeyVersion, string? nonce)
    {
        if (!Names.IsProductCode(productCode))
        {
            return new(null, null, new("InvalidProductCodeException", "The product code is not spelled like one."));
        }

        var request = new RegisterUsageRequest
        {
            ProductCode = productCode,
            PublicKeyVersion = publicKeyVersion,
            Nonce = nonce,
        };
        var (response, error) = await Ask(
            nameof(Register), () => clients.For(new(Tenant, productCode)).RegisterUsageAsync(request));
        DateTimeOffset? rotation = response?.PublicKeyRotationTimestamp is { } time ? new(time) : null;
        return new(response?.Signature, rotation, error);
    }

    private async Task<ResolveReply> Introduce(ResolveCustomerResponse response)
    {
        var identity = new CustomerIdentity(
            NotEmpty(response.CustomerIdentifier), NotEmpty(response.CustomerAWSAccountId),
            NotEmpty(response.LicenseArn));
        var product = new ProductKey(Tenant, response.ProductCode);
        var name = CustomerNames.Of(identity);
        if (await GrainFactory.GetGrain<IProductGrain>(product.ToString()).Get() is not null)
        {
            var customer = GrainFactory.GetGrain<ICustomerGrain>(new CustomerKey(product, name).ToString());
            if (await customer.GetProfile() is null)
            {
                // A record names a buyer in one way only.
                await customer.PutProfile(new(null, identity.LicenseArn is not null
                    ? identity with { CustomerIdentifier = null }
                    : identity.CustomerIdentifier is not null
                    ? identity with { AwsAccountId = null }
                    : identity));
            }
        }

        return new(response.ProductCode, name, identity, null);
    }

    private static string? NotEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private async Task<(T? Response, RegistrationError? Error)> Ask<T>(string what, Func<Task<T>> call)
        where T : class
    {
        try
        {
            return (await call(), null);
        }
        catch (AmazonServiceException refused) when (!string.IsNullOrEmpty(refused.ErrorCode))
        {
            Log.Refused(logger, refused, what, Tenant);
            return (null, new(refused.ErrorCode, refused.Message));
        }
        catch (Exception failed) when (
            failed is AmazonClientException or HttpRequestException or OperationCanceledException)
        {
            Log.NotAsked(logger, failed, what, Tenant);
            return (null, new(InternalError, "AWS could not be asked; try again."));
        }
    }
}
