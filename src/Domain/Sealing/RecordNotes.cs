using Tally.Domain.Quantities;

namespace Tally.Domain.Sealing;

/// <summary>What there is to know of a record that AWS isn't told. Frozen with it.</summary>
/// <param name="FromPreviousMonth">
/// What usage of a previous month (UTC) came to, that was counted in this one because it came too late for its own.
/// Of sums and counts it is a part of the accumulated total; of other aggregations what those events alone would have
/// come to. What rounding, or the largest quantity of a record, carries over the end of a month isn't in it.
/// </param>
public sealed record RecordNotes(Quantity FromPreviousMonth)
{
    /// <summary>
    /// What usage with tags came to that was allocated to the untagged rest, as AWS wouldn't take its tags or had no
    /// room for so many tag sets.
    /// </summary>
    public Quantity MergedTags { get; init; }

    /// <summary>Nothing to know.</summary>
    public static RecordNotes None { get; } = new(Quantity.Zero);
}
