using Tally.Domain.Catalogue;

namespace Tally.Contracts.Customers;

/// <summary>Who a customer is.</summary>
/// <param name="Name">A name for people, at most 255 characters; null for none.</param>
/// <param name="Identity">How AWS knows the buyer.</param>
[GenerateSerializer, Immutable, Alias("Tally.CustomerProfile")]
public sealed record CustomerProfile(
    [property: Id(0)] string? Name,
    [property: Id(1)] CustomerIdentity Identity);
