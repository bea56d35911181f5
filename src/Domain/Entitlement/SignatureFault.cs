namespace Tally.Domain.Entitlement;

/// <summary>
/// What is wrong with a registration's signature. The order is the order of the checks: one that fails several gets
/// the first. Nothing of what is signed is looked at before the signature is right.
/// </summary>
public enum SignatureFault
{
    /// <summary>Nothing is.</summary>
    None = 0,

    /// <summary>It is no JSON web signature in compact form.</summary>
    Malformed = 1,

    /// <summary>It names another algorithm than PS256, or asks for something that isn't understood.</summary>
    WrongAlgorithm = 2,

    /// <summary>The product's public key doesn't confirm it.</summary>
    WrongSignature = 3,

    /// <summary>It is of another product.</summary>
    WrongProduct = 4,

    /// <summary>It is of another version of the public key.</summary>
    WrongKeyVersion = 5,

    /// <summary>It answers another registration.</summary>
    WrongNonce = 6,
}
