namespace Tally.Emulator.Subscriptions;

/// <summary>What is said of a buyer.</summary>
internal sealed record BuyerRequest
{
    public string? CustomerIdentifier { get; init; }

    public string? Name { get; init; }
}

/// <summary>What a buyer is to agree to.</summary>
internal sealed record AgreementRequest
{
    /// <summary>The seller; null: the default account.</summary>
    public string? AccountId { get; init; }

    public string? ProductCode { get; init; }

    public string? BuyerAccountId { get; init; }

    public string? CustomerIdentifier { get; init; }

    public bool IsFreeTrial { get; init; }

    /// <summary>Whether the subscription fails, as when a payment is refused.</summary>
    public bool Fails { get; init; }

    public DateTimeOffset? EndsAt { get; init; }
}

/// <summary>How long a renewed agreement goes on; null: for ever.</summary>
internal sealed record RenewalRequest(DateTimeOffset? EndsAt = null);
