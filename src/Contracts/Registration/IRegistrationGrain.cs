namespace Tally.Contracts.Registration;

/// <summary>
/// Asks AWS who a buyer is, and registers containers, with a tenant's credentials. Its key is the tenant's name.
/// </summary>
[Alias("Tally.IRegistrationGrain")]
public interface IRegistrationGrain : IGrainWithStringKey
{
    /// <summary>
    /// Finds out by ResolveCustomer who came with a registration token. The customer is known by its identity from
    /// then on, where the tenant has the product.
    /// </summary>
    /// <param name="token">What the buyer's browser brought in <c>x-amzn-marketplace-token</c>.</param>
    /// <returns>Who it is, or why AWS doesn't say. AWS's errors are answered, not thrown.</returns>
    [Alias("Resolve")]
    Task<ResolveReply> Resolve(string token);

    /// <summary>Registers by RegisterUsage that a container started.</summary>
    /// <param name="productCode">Its product.</param>
    /// <param name="publicKeyVersion">Which key verifies the answer, 1 or more.</param>
    /// <param name="nonce">A text that the answer has in it, at most 255 characters; null for none.</param>
    /// <returns>What AWS signed, or why it doesn't. AWS's errors are answered, not thrown.</returns>
    [Alias("Register")]
    Task<RegisterReply> Register(string productCode, int publicKeyVersion, string? nonce);
}
