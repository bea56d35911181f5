using Tally.Domain.Allocations;
using Tally.Domain.Quantities;
using Tally.Domain.Sealing;

namespace Tally.Domain.Counting;

/// <summary>What was taken for a record.</summary>
/// <param name="Rounded">The record's quantity, and what rounding did.</param>
/// <param name="Notes">What there is to know of the record.</param>
/// <param name="Allocations">How the quantity divides over tag sets; null when it doesn't.</param>
internal readonly record struct TakenUsage(
    RoundedQuantity Rounded, RecordNotes Notes, RecordAllocations? Allocations);
