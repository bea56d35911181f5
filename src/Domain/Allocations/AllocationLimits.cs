namespace Tally.Domain.Allocations;

/// <summary>How many tag sets a record may be allocated to.</summary>
/// <param name="SetsMax">Tag sets, without the untagged rest; above zero.</param>
/// <param name="BytesMax">What they may take in a call's body, in bytes; above zero.</param>
public sealed record AllocationLimits(int SetsMax, int BytesMax)
{
    /// <summary>Bytes of an allocation around its tags, generously: member names, number, punctuation.</summary>
    private const int AllocationBytes = 64;

    /// <summary>Bytes of a tag around its key and value.</summary>
    private const int TagBytes = 24;

    /// <summary>JSON may make six bytes of a plus sign (<c>\u002B</c>); AWS takes no other such character.</summary>
    private const int EscapedBytes = 6;

    /// <summary>
    /// 2,500 allocations, one of them untagged, in a call of less than 1 MB. Source: the service model,
    /// UsageAllocations and BatchMeterUsage.
    /// </summary>
    public static AllocationLimits Aws { get; } = new(2_499, 900_000);

    /// <summary>An upper bound of what an allocation to a tag set takes in a call's body.</summary>
    /// <param name="set">The tag set.</param>
    /// <returns>Bytes.</returns>
    public static int SizeOf(TagSet set)
    {
        var text = set.Text.AsSpan();
        return AllocationBytes
            + text.Length
            + (text.Count('\0') / 2 * TagBytes)
            + (text.Count('+') * (EscapedBytes - 1));
    }
}
