namespace Tally.Emulator.Catalogue;

/// <summary>Whose licence for what.</summary>
internal sealed record License
{
    public required string Arn { get; init; }

    public required string ProductCode { get; init; }

    /// <summary>The buyer's account.</summary>
    public required string AccountId { get; init; }

    /// <summary>The agreement that granted it; null: it was only declared.</summary>
    public string? AgreementId { get; init; }

    /// <summary>Usage before this moment is not the licence's; null: there is no such moment.</summary>
    public DateTimeOffset? ActiveFrom { get; init; }

    /// <summary>Usage from this moment on is not the licence's; null: there is no such moment.</summary>
    public DateTimeOffset? ActiveUntil { get; init; }

    /// <summary>Until when records are accepted after the licence was taken away; null: it wasn't.</summary>
    public DateTimeOffset? FlushUntil { get; init; }

    public bool IsActiveAt(DateTimeOffset usage) => !(usage < ActiveFrom) && !(usage >= ActiveUntil);

    public bool AcceptsAt(DateTimeOffset now) => !(now >= FlushUntil);
}
