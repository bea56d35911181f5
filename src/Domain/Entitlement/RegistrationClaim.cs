namespace Tally.Domain.Entitlement;

/// <summary>What AWS has to have signed for a registration to count.</summary>
/// <param name="ProductCode">The product that was registered.</param>
/// <param name="PublicKeyVersion">The version of the product's public key, at least 1.</param>
/// <param name="Nonce">What was made up for this one registration, so that an older answer can't stand for it.</param>
public sealed record RegistrationClaim(string ProductCode, int PublicKeyVersion, string Nonce);
