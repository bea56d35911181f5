using Tally.Domain.Tenancy;

namespace Tally.Contracts.Tenants;

/// <summary>With which credentials a tenant's AWS account is called. Its key is the tenant's name.</summary>
[Alias("Tally.IAwsAccessGrain")]
public interface IAwsAccessGrain : IGrainWithStringKey
{
    /// <summary>Shows how.</summary>
    /// <returns>How; null for the installation's own credentials.</returns>
    [Alias("Get")]
    Task<AwsAccess?> Get();

    /// <summary>
    /// Says how from now on. Durable when it returns; what is being sent at the time still goes as before.
    /// </summary>
    /// <param name="access">How; null for the installation's own credentials.</param>
    /// <returns>A task that completes when it is stored, and delivery goes by it.</returns>
    [Alias("Put")]
    Task Put(AwsAccess? access);
}
