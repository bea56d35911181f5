using Orleans.Concurrency;
using Tally.Domain.Catalogue;

namespace Tally.Contracts.Entitlement;

/// <summary>
/// Knows whether the buyer in whose account the platform runs may use a product that is delivered by MeterUsage: asks
/// AWS at its start, and again now and then while the answer is no. Its key is <see cref="ProductKey.ToString"/>.
/// </summary>
[Alias("Tally.IEntitlementGrain")]
public interface IEntitlementGrain : IGrainWithStringKey
{
    /// <summary>Says what is known.</summary>
    /// <returns>What AWS said last.</returns>
    [Alias("Get"), AlwaysInterleave]
    Task<EntitlementStatus> Get();

    /// <summary>Hears what AWS said when a record was delivered.</summary>
    /// <param name="code">
    /// AWS's error code, one that <see cref="Domain.Entitlement.EntitlementRules"/> judges as not entitled; null when
    /// AWS took the record.
    /// </param>
    /// <param name="message">AWS's message, for people.</param>
    /// <returns>A task that completes when it is noted.</returns>
    [Alias("Heard"), AlwaysInterleave]
    Task Heard(string? code, string? message);
}
