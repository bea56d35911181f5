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

    /// <summary>Above what AWS's tokens are by far; longer ones aren't worth a call.</summary>
    private const int TokenLengthMax = 8_192;

    private string Tenant => this.GetPrimaryKeyString();

    /// <inheritdoc />
    public async Task<ResolveReply> Resolve(string token)
    {
        ArgumentNullException.ThrowIfNull(token);
        if (token.Length is 0 or > TokenLengthMax)
        {
            return Refused("InvalidTokenException", "The registration token is not spelled like one.");
        }

        // Nothing is asked of AWS in the name of a tenant that is none.
        if (await GrainFactory.GetGrain<ITenantGrain>(Tenant).Get() is not { Products.Count: > 0 })
        {
            return Refused(InternalError, "There is no product yet; declare one first.");
        }

        var request = new ResolveCustomerRequest { RegistrationToken = token };
        var (response, error) = await Ask(
            "ResolveCustomer", client => client.ResolveCustomerAsync(request));
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
        var (response, error) = await Ask("RegisterUsage", client => client.RegisterUsageAsync(request));
        DateTimeOffset? rotation = response?.PublicKeyRotationTimestamp is { } time ? new(time) : null;
        return new(response?.Signature, rotation, error);
    }

    private static ResolveReply Refused(string code, string message) => new(null, null, null, new(code, message));

    private static string? NotEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private async Task<ResolveReply> Introduce(ResolveCustomerResponse response)
    {
        var identity = new CustomerIdentity(
            NotEmpty(response.CustomerIdentifier),
            NotEmpty(response.CustomerAWSAccountId),
            NotEmpty(response.LicenseArn));
        if (identity is { CustomerIdentifier: null, AwsAccountId: null } || !Names.IsProductCode(response.ProductCode))
        {
            return Refused(InternalError, "AWS did not say who the buyer is, or of which product.");
        }

        var product = new ProductKey(Tenant, response.ProductCode);
        var name = CustomerNames.Of(identity);
        if (await GrainFactory.GetGrain<IProductGrain>(product.ToString()).Get() is { } definition
            && definition.Takes(name))
        {
            var customer = GrainFactory.GetGrain<ICustomerGrain>(new CustomerKey(product, name).ToString());
            await Describe(customer, name, CustomerNames.OfRecords(identity));
        }

        return new(response.ProductCode, name, identity, null);
    }

    /// <summary>Says who a customer is, unless somebody has: what a person has said of it stays.</summary>
    private static async Task Describe(ICustomerGrain customer, string name, CustomerIdentity identity)
    {
        var profile = await customer.GetProfile();
        var supposed = new CustomerIdentity(name, null, null);
        if (profile is null || (profile.Identity == supposed && identity != supposed))
        {
            await customer.PutProfile(new(profile?.Name, identity));
        }
    }

    private async Task<(T? Response, RegistrationError? Error)> Ask<T>(
        string operation, Func<IAmazonAWSMarketplaceMetering, Task<T>> call)
        where T : class
    {
        try
        {
            await clients.Prepare(Tenant);
            return (await call(clients.ForTenant(Tenant)), null);
        }
        catch (AmazonServiceException refused) when (!string.IsNullOrEmpty(refused.ErrorCode))
        {
            Log.Refused(logger, operation, Tenant, refused.ErrorCode, refused.Message);
            return (null, new(refused.ErrorCode, refused.Message));
        }
        catch (Exception failed) when (
            failed is AmazonClientException or HttpRequestException or IOException or OperationCanceledException)
        {
            Log.NotAsked(logger, failed, operation, Tenant);
            return (null, new(InternalError, "AWS could not be asked; try again."));
        }
    }
}
