namespace Tally.Emulator.Subscriptions;

/// <summary>One buyer's agreement to a product's offer, and the licence that comes with it.</summary>
internal sealed record Agreement
{
    /// <summary><c>agmt-</c> and a unique rest.</summary>
    public required string Id { get; init; }

    public required string OfferId { get; init; }

    public required string SellerAccountId { get; init; }

    public required string ProductCode { get; init; }

    public required string BuyerAccountId { get; init; }

    public required string CustomerIdentifier { get; init; }

    public required string LicenseArn { get; init; }

    public required AgreementState State { get; init; }

    public bool IsFreeTrial { get; init; }

    public required DateTimeOffset AcceptedAt { get; init; }

    /// <summary>When it ends by itself; null: never.</summary>
    public DateTimeOffset? EndsAt { get; init; }

    /// <summary>Until when the last records are accepted, once the buyer has left.</summary>
    public DateTimeOffset? FlushUntil { get; init; }

    /// <summary>Whether records are accepted under it at that moment.</summary>
    public bool AcceptsAt(DateTimeOffset now) =>
        State is AgreementState.Active || (State is AgreementState.UnsubscribePending && now < FlushUntil);
}
