using Tally.Domain.Tenancy;

namespace Tally.Contracts.Tenants;

/// <summary>
/// The installation's keys, each for one purpose, derived from one master key that stays in here. There is one such
/// actor, with the key <see cref="TheKey"/>.
/// </summary>
[Alias("Tally.IPlatformKeysGrain")]
public interface IPlatformKeysGrain : IGrainWithStringKey
{
    /// <summary>The key of the one actor.</summary>
    const string TheKey = "all";

    /// <summary>Shows the key of a purpose: the same one for as long as the master key is the same.</summary>
    /// <param name="purpose">What it is for, not empty.</param>
    /// <returns><see cref="KeyDerivation.KeyBytes"/> bytes.</returns>
    [Alias("Derive")]
    Task<byte[]> Derive(string purpose);
}
