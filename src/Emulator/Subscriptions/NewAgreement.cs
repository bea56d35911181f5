namespace Tally.Emulator.Subscriptions;

/// <summary>What a buyer agrees to.</summary>
internal sealed record NewAgreement
{
    public required Catalogue.Product Product { get; init; }

    public required string BuyerAccountId { get; init; }

    /// <summary>The seller's name for the buyer; null: the one known, or else a new one.</summary>
    public string? CustomerIdentifier { get; init; }

    public bool IsFreeTrial { get; init; }

    /// <summary>Whether it comes about; false is what a refused payment does.</summary>
    public bool Succeeds { get; init; } = true;

    /// <summary>When it ends by itself; null: never.</summary>
    public DateTimeOffset? EndsAt { get; init; }
}
