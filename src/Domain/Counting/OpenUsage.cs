using Tally.Domain.Quantities;
using Tally.Domain.Sealing;

namespace Tally.Domain.Counting;

/// <summary>An accumulator that is not sealed.</summary>
/// <param name="Key">The dimension and hour.</param>
/// <param name="Quantity">The total so far.</param>
/// <param name="Events">How many events are in it.</param>
/// <param name="FromPreviousMonth">What events of a previous month came to; see <see cref="RecordNotes"/>.</param>
public readonly record struct OpenUsage(RecordKey Key, Quantity Quantity, long Events, Quantity FromPreviousMonth);
