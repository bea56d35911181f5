namespace Tally.Domain.Allocations;

/// <summary>
/// Which tags, each with its value, some usage has, of those that its product allocates by. Two of the same text are
/// the same set.
/// </summary>
/// <param name="Text">
/// The tags as <c>key\0value\0</c>, by key; empty without any. A storage format: change it only by a new version.
/// </param>
public readonly record struct TagSet(string Text)
{
    /// <summary>No tags: the rest of a quantity.</summary>
    public static TagSet Untagged { get; } = new("");

    /// <summary>Of usage with a tag that AWS wouldn't take; it counts as untagged.</summary>
    public static TagSet Refused { get; } = new("\0");

    /// <summary>Makes a set of tags.</summary>
    /// <param name="tags">The tags; keys and values without zero characters, no key twice.</param>
    /// <returns>The set.</returns>
    public static TagSet Of(params IEnumerable<UsageTag> tags) => new(string.Concat(
        tags.OrderBy(tag => tag.Key, StringComparer.Ordinal).Select(tag => $"{tag.Key}\0{tag.Value}\0")));

    /// <summary>Lists the tags.</summary>
    /// <returns>The tags, by key.</returns>
    public IReadOnlyList<UsageTag> Tags()
    {
        var parts = Text.Split('\0');
        var tags = new UsageTag[parts.Length / 2];
        for (var index = 0; index < tags.Length; index++)
        {
            tags[index] = new(parts[2 * index], parts[(2 * index) + 1]);
        }

        return tags;
    }

    /// <summary>Leaves out all tags but some.</summary>
    /// <param name="keys">The keys of those that stay.</param>
    /// <returns>The set of what is left.</returns>
    public TagSet Only(IReadOnlyCollection<string> keys)
    {
        var tags = Tags();
        var left = tags.Where(tag => keys.Contains(tag.Key)).ToList();
        return left.Count == tags.Count ? this : Of(left);
    }
}

/// <summary>What an application says of its usage, as a pair of texts.</summary>
/// <param name="Key">What kind of thing it says.</param>
/// <param name="Value">What it says.</param>
public readonly record struct UsageTag(string Key, string Value);
