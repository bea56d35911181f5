namespace Tally.Emulator.Subscriptions;

/// <summary>Somebody with an AWS account who buys on the Marketplace.</summary>
internal sealed record Buyer
{
    /// <summary>The AWS account: 12 digits.</summary>
    public required string AccountId { get; init; }

    /// <summary>What sellers of older products know the buyer by; the same for all their products.</summary>
    public required string CustomerIdentifier { get; init; }

    /// <summary>Shown on pages only; may be empty.</summary>
    public string Name { get; init => field = value ?? string.Empty; } = string.Empty;
}
