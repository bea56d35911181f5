using Tally.Domain.Counting;

namespace Tally.Api.Compatibility.Metering;

/// <summary>What became of a record.</summary>
/// <param name="Status">What counting said; the first of its events that was refused decides.</param>
/// <param name="HasRoom">Whether there was room for it; otherwise nothing, or not all of it, was tried.</param>
/// <param name="Failure">Why it isn't known what became of it; null when it is.</param>
internal readonly record struct RecordFate(CountStatus Status, bool HasRoom = true, Exception? Failure = null)
{
    /// <summary>Whether it is counted, now or before, and durable.</summary>
    public bool IsRecorded => IsKnown && Status is CountStatus.Counted or CountStatus.Duplicate;

    /// <summary>Whether it was tried and it is known what became of it.</summary>
    public bool IsKnown => HasRoom && Failure is null;
}
