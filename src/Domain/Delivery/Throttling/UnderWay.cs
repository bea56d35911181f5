using Tally.Domain.Catalogue;

namespace Tally.Domain.Delivery.Throttling;

/// <summary>A call whose end has not been reported, and what was known when it started.</summary>
internal readonly record struct UnderWay
{
    public required ProductKey Product { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>The epoch of the account's rate, and whether that was what held the call up.</summary>
    public required (long Epoch, bool IsPaced) Account { get; init; }

    /// <summary>The same of the product's own rate; null when it had none.</summary>
    public required (long Epoch, bool IsPaced)? Own { get; init; }

    /// <summary>The epoch of the product's failures.</summary>
    public required long FailureEpoch { get; init; }
}
