namespace Tally.Emulator;

/// <summary>A part of a record's quantity, and the tags it is billed under.</summary>
/// <param name="AllocatedUsageQuantity">How much, in units of the dimension: 0 to 2147483647.</param>
/// <param name="Tags">The tags as they were sent, at most five; none for the part that is without tags.</param>
public sealed record MeteredAllocation(int AllocatedUsageQuantity, IReadOnlyList<MeteredTag> Tags);

/// <summary>One tag of an allocation.</summary>
/// <param name="Key">What it is about: 1 to 100 characters.</param>
/// <param name="Value">What it says of that: 1 to 256 characters.</param>
public sealed record MeteredTag(string Key, string Value);
