namespace Tally.Domain.Allocations;

/// <summary>The part of a record's quantity that one tag set used.</summary>
/// <param name="Tags">The tag set; <see cref="TagSet.Untagged"/> for the rest.</param>
/// <param name="Quantity">How many units, above zero.</param>
public readonly record struct TagAllocation(TagSet Tags, int Quantity);
