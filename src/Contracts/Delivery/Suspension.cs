namespace Tally.Contracts.Delivery;

/// <summary>
/// Why nothing of a product is sent: AWS refuses its product code, its credentials, its region or its use of the
/// operation. It goes on by itself once AWS takes a call again.
/// </summary>
/// <param name="Code">AWS's error code, for example <c>InvalidProductCodeException</c>.</param>
/// <param name="Reason">AWS's message, for people.</param>
/// <param name="RequestId">AWS's request id, for its support; null where the call never got there.</param>
/// <param name="Since">Since when.</param>
/// <param name="NextProbe">When one call tries again.</param>
[GenerateSerializer, Immutable, Alias("Tally.Suspension")]
public sealed record Suspension(
    [property: Id(0)] string Code,
    [property: Id(1)] string Reason,
    [property: Id(2)] string? RequestId,
    [property: Id(3)] DateTimeOffset Since,
    [property: Id(4)] DateTimeOffset NextProbe);
