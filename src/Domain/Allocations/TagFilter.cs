namespace Tally.Domain.Allocations;

/// <summary>Finds the tags of an event that its product allocates by.</summary>
internal sealed class TagFilter
{
    private const int SetLengthMax = TagRules.KeysMax * (TagRules.KeyLengthMax + TagRules.ValueLengthMax + 2);

    private readonly byte[][] _keys;

    private TagFilter(IReadOnlyList<string> keys)
    {
        Keys = keys;
        _keys = [.. keys.Select(System.Text.Encoding.UTF8.GetBytes)];
    }

    /// <summary>The keys of the tags.</summary>
    public IReadOnlyList<string> Keys { get; }

    /// <summary>Makes a filter.</summary>
    /// <param name="keys">At most <see cref="TagRules.KeysMax"/> keys that AWS takes.</param>
    /// <returns>The filter; null without keys.</returns>
    public static TagFilter? For(IReadOnlyList<string> keys) => keys.Count == 0 ? null : new(keys);

    /// <summary>Finds an event's tag set.</summary>
    /// <param name="tags">The event's tags as <c>key\0value\0</c> in UTF-8, by key.</param>
    /// <returns>
    /// The set. A tag without a value is as good as none; one whose value AWS wouldn't take makes it
    /// <see cref="TagSet.Refused"/>, as do bytes that are no tags.
    /// </returns>
    public TagSet Find(ReadOnlySpan<byte> tags)
    {
        Span<char> set = stackalloc char[SetLengthMax];
        var length = 0;
        while (!tags.IsEmpty)
        {
            var (hasKey, hasValue) = (TryTake(ref tags, out var key), TryTake(ref tags, out var value));
            if (!hasKey || !hasValue)
            {
                return TagSet.Refused;
            }

            if (value.IsEmpty || !IsWanted(key))
            {
                continue;
            }

            if (!TagRules.IsValue(value) || length + key.Length + value.Length + 2 > set.Length)
            {
                return TagSet.Refused;
            }

            length = Put(set, length, key);
            length = Put(set, length, value);
        }

        return length == 0 ? TagSet.Untagged : new(new string(set[..length]));
    }

    private bool IsWanted(ReadOnlySpan<byte> key)
    {
        foreach (var wanted in _keys)
        {
            if (key.SequenceEqual(wanted))
            {
                return true;
            }
        }

        return false;
    }

    private static bool TryTake(ref ReadOnlySpan<byte> tags, out ReadOnlySpan<byte> text)
    {
        var end = tags.IndexOf((byte)0);
        text = end < 0 ? default : tags[..end];
        tags = end < 0 ? default : tags[(end + 1)..];
        return end >= 0;
    }

    /// <summary>What AWS takes is ASCII, so a byte is a character.</summary>
    private static int Put(Span<char> set, int at, ReadOnlySpan<byte> text)
    {
        at += System.Text.Encoding.ASCII.GetChars(text, set[at..]);
        set[at] = '\0';
        return at + 1;
    }
}
