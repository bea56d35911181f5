using Tally.Domain.Catalogue;
using Tally.Domain.Sealing;

namespace Tally.Domain.Reconciliation.Comparison;

/// <summary>Where a record stands here, under one of the names that it had at AWS.</summary>
/// <param name="Customer">Whose it is.</param>
/// <param name="Record">The record as it is now.</param>
/// <param name="State">Its state.</param>
/// <param name="Receipt">AWS's receipt; null for none.</param>
internal sealed record Standing(string Customer, UsageRecord Record, RecordState State, string? Receipt)
{
    /// <summary>The buyer it was sent for under this name.</summary>
    public required CustomerIdentity Identity { get; init; }

    /// <summary>The dimension under this name.</summary>
    public required string Dimension { get; init; }

    /// <summary>Whether a call with it under this name is written down.</summary>
    public required bool WasSent { get; init; }

    /// <summary>Whether it was corrected since, and has another name now.</summary>
    public required bool IsFormer { get; init; }

    /// <summary>Whether AWS has it, or would have it if it weren't shadowed.</summary>
    public bool IsExpected => !IsFormer && State is RecordState.Delivered or RecordState.Shadowed;
}
