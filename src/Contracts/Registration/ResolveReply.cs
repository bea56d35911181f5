using Tally.Domain.Catalogue;

namespace Tally.Contracts.Registration;

/// <summary>Who came with a registration token.</summary>
/// <param name="Product">The product code; null with an error.</param>
/// <param name="Customer">What the platform calls the customer; null with an error.</param>
/// <param name="Identity">
/// All that AWS said of who the buyer is, also both identities at once; null with an error.
/// </param>
/// <param name="Error">Why AWS doesn't say; null when it does.</param>
[GenerateSerializer, Immutable, Alias("Tally.ResolveReply")]
public sealed record ResolveReply(
    [property: Id(0)] string? Product,
    [property: Id(1)] string? Customer,
    [property: Id(2)] CustomerIdentity? Identity,
    [property: Id(3)] RegistrationError? Error);
