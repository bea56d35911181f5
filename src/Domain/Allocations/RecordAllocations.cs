namespace Tally.Domain.Allocations;

/// <summary>How a record's quantity divides over tag sets. Two that say the same are equal.</summary>
/// <param name="Parts">
/// The parts, by the text of their tags, so that an untagged rest is first. Together they are the record's quantity.
/// </param>
public sealed record RecordAllocations(IReadOnlyList<TagAllocation> Parts)
{
    private int _size;

    /// <inheritdoc />
    public bool Equals(RecordAllocations? other) =>
        ReferenceEquals(this, other) || (other is not null && Parts.SequenceEqual(other.Parts));

    /// <inheritdoc />
    public override int GetHashCode() =>
        Parts.Count == 0 ? 0 : HashCode.Combine(Parts.Count, Parts[0], Parts[^1]);

    /// <summary>An upper bound of what they take in a call's body.</summary>
    /// <returns>Bytes.</returns>
    public int Size() => _size > 0 ? _size : _size = Parts.Sum(part => AllocationLimits.SizeOf(part.Tags));
}
