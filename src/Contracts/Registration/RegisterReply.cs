namespace Tally.Contracts.Registration;

/// <summary>What AWS said to a container that started.</summary>
/// <param name="Signature">The signed statement, a JSON Web Token; null with an error.</param>
/// <param name="PublicKeyRotation">When another key will be in use; null when none is announced.</param>
/// <param name="Error">Why AWS doesn't say; null when it does.</param>
[GenerateSerializer, Immutable, Alias("Tally.RegisterReply")]
public sealed record RegisterReply(
    [property: Id(0)] string? Signature,
    [property: Id(1)] DateTimeOffset? PublicKeyRotation,
    [property: Id(2)] RegistrationError? Error);
