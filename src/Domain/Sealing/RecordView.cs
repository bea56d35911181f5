namespace Tally.Domain.Sealing;

/// <summary>A usage record and where it is on its way.</summary>
/// <param name="Record">The record as it is sent.</param>
/// <param name="State">Where it is.</param>
/// <param name="Last">What happened to it last; null when it is fresh from sealing.</param>
public sealed record RecordView(UsageRecord Record, RecordState State, Settlement? Last)
{
    /// <summary>What there is to know of it that AWS isn't told.</summary>
    public RecordNotes Notes { get; init => field = value ?? RecordNotes.None; } = RecordNotes.None;
}
