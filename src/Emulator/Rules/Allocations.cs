using System.Text.RegularExpressions;
using Tally.Emulator.Wire;

namespace Tally.Emulator.Rules;

/// <summary>How a record's quantity may be split over tags.</summary>
internal static partial class Allocations
{
    public const int TagsMax = 5;
    private const int KeyLengthMax = 100;
    private const int ValueLengthMax = 256;

    /// <summary>The first thing wrong with the allocations of a quantity, or null. None at all is fine.</summary>
    public static ServiceError? Check(
        IReadOnlyList<UsageAllocation>? allocations,
        int? quantity,
        AcceptanceRules rules,
        OpenPoints openPoints)
    {
        if (allocations is null) return null;
        if (allocations.Count > rules.AllocationsMax)
            return Invalid($"A usage record has at most {rules.AllocationsMax} usage allocations.");
        if (FirstBadTag(allocations, openPoints) is { } bad)
            return InvalidTag($"The tag '{bad.Key}' with the value '{bad.Value}' is invalid.");
        if (allocations.Any(allocation => HasTooManyTags(allocation) || RepeatsKey(allocation)))
            return InvalidTag($"A usage allocation has at most {TagsMax} tags, each with a key of its own.");
        if (KeysOf(allocations) > TagsMax)
            return InvalidTag($"The usage allocations of a record have at most {TagsMax} different tag keys.");
        if (allocations.Sum(allocation => (long)(allocation.AllocatedUsageQuantity ?? 0)) != (quantity ?? 0))
            return Invalid("The sum of the allocated usage quantities is not equal to the usage quantity.");
        if (allocations.Select(TagSet).Distinct(StringComparer.Ordinal).Count() != allocations.Count)
            return Invalid("The usage allocations of a record must have different sets of tags.");
        return null;
    }

    /// <summary>Allocations as they are kept.</summary>
    public static IReadOnlyList<MeteredAllocation>? Stored(IReadOnlyList<UsageAllocation>? sent) =>
        sent?.Select(allocation => new MeteredAllocation(
            allocation.AllocatedUsageQuantity ?? 0,
            [
                .. (allocation.Tags ?? [])
                    .Select(tag => new MeteredTag(tag.Key ?? string.Empty, tag.Value ?? string.Empty)),
            ])).ToList();

    /// <summary>Whether two kept splits are the same, in whatever order they were sent.</summary>
    public static bool AreSame(IReadOnlyList<MeteredAllocation>? one, IReadOnlyList<MeteredAllocation>? other) =>
        TextOf(one).SetEquals(TextOf(other));

    private static HashSet<string> TextOf(IReadOnlyList<MeteredAllocation>? allocations) =>
        (allocations ?? []).Select(allocation => $"{allocation.AllocatedUsageQuantity}/" + TagSet(new UsageAllocation(
            allocation.AllocatedUsageQuantity, [.. allocation.Tags.Select(tag => new Tag(tag.Key, tag.Value))])))
            .ToHashSet(StringComparer.Ordinal);

    private static Tag? FirstBadTag(IEnumerable<UsageAllocation> allocations, OpenPoints openPoints) =>
        allocations.SelectMany(allocation => allocation.Tags ?? [])
            .FirstOrDefault(tag => !IsValid(tag, openPoints.AcceptsEmptyTagValues));

    private static bool HasTooManyTags(UsageAllocation allocation) => allocation.Tags is { Count: > TagsMax };

    private static bool RepeatsKey(UsageAllocation allocation) =>
        allocation.Tags is { } tags
        && tags.Select(tag => tag.Key).Distinct(StringComparer.Ordinal).Count() != tags.Count;

    private static int KeysOf(IEnumerable<UsageAllocation> allocations) =>
        allocations.SelectMany(allocation => allocation.Tags ?? []).Select(tag => tag.Key)
            .Distinct(StringComparer.Ordinal).Count();

    /// <summary>The tags in one order, each part with its length, so that different sets never read the same.</summary>
    private static string TagSet(UsageAllocation allocation) => string.Concat(
        (allocation.Tags ?? []).OrderBy(tag => tag.Key, StringComparer.Ordinal)
            .Select(tag => $"{tag.Key?.Length}:{tag.Key}{tag.Value?.Length}:{tag.Value}"));

    private static bool IsValid(Tag tag, bool acceptsEmptyValue) =>
        tag.Key is { Length: > 0 and <= KeyLengthMax } key && TagText().IsMatch(key)
        && tag.Value is { Length: <= ValueLengthMax } value
        && (TagText().IsMatch(value) || (acceptsEmptyValue && value.Length == 0));

    private static ServiceError Invalid(string message) => new("InvalidUsageAllocationsException", message);

    private static ServiceError InvalidTag(string message) => new("InvalidTagException", message);

    // The model's pattern to the letter: " -=" is a range in it, so it admits more than the list in AWS's prose.
    [GeneratedRegex(@"^[a-zA-Z0-9+ -=._:\/@]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex TagText();
}
