using Tally.Domain.Sealing;

namespace Tally.Domain.Counting;

/// <summary>What a journal entry says of records.</summary>
/// <param name="Settlements">What happened to them, in order.</param>
public sealed record SettledEntry(IReadOnlyList<Settlement> Settlements)
{
    /// <summary>Whether a person corrected the record.</summary>
    public bool IsCorrection { get; init; }

    /// <summary>Who did it; null where it was no person.</summary>
    public string? By { get; init; }

    /// <summary>Why a person did it; null where it was no person.</summary>
    public string? Reason { get; init; }
}
