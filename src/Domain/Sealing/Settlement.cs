namespace Tally.Domain.Sealing;

/// <summary>What happened to a usage record.</summary>
/// <param name="Key">Which record.</param>
/// <param name="State">What it becomes; <see cref="RecordState.Waiting"/> releases a held record.</param>
/// <param name="MeteringRecordId">AWS's receipt, where there is one.</param>
/// <param name="Reason">AWS's status or error, or who did what and why; for people.</param>
/// <param name="At">When.</param>
public sealed record Settlement(
    RecordKey Key,
    RecordState State,
    string? MeteringRecordId,
    string? Reason,
    DateTimeOffset At);
