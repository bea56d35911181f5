using System.Text;
using System.Text.RegularExpressions;
using Tally.Api.Compatibility.Wire;

namespace Tally.Api.Compatibility.Metering;

/// <summary>
/// How a record's quantity is divided over tags. Source: the service model; up to 2,500 allocations that add up to the
/// quantity, each with up to five tags and a set of tags of its own.
/// </summary>
internal static partial class Allocations
{
    private const int CountMax = 2_500;
    private const int TagsMax = 5;
    private const int KeyLengthMax = 100;
    private const int ValueLengthMax = 256;

    /// <summary>Reads the parts of a record's quantity.</summary>
    /// <param name="record">The record.</param>
    /// <returns>The parts in the order of their tags, or what is wrong with them.</returns>
    public static (IReadOnlyList<TaggedQuantity>? Parts, AwsError? Error) Read(UsageRecord record)
    {
        var quantity = record.Quantity ?? 0;
        if (record.UsageAllocations is not { } allocations)
        {
            return ([new([], quantity)], null);
        }

        if (allocations.Count is 0 or > CountMax)
        {
            return (null, Invalid($"A usage record has 1 to {CountMax} usage allocations, or none are sent."));
        }

        if (allocations.Any(part => part is not { AllocatedUsageQuantity: >= 0 }))
        {
            return (null, Invalid("Every usage allocation has an AllocatedUsageQuantity of 0 or more."));
        }

        if (allocations.FirstOrDefault(part => !AreTags(part.Tags)) is not null)
        {
            return (null, new(
                "InvalidTagException",
                $"A usage allocation has 1 to {TagsMax} tags with keys of their own, or none are sent; keys have 1 to "
                + $"{KeyLengthMax} and values 1 to {ValueLengthMax} of the characters that the service model allows."));
        }

        if (allocations.Sum(part => (long)part.AllocatedUsageQuantity!.Value) != quantity)
        {
            return (null, Invalid("The allocated usage quantities do not add up to the usage quantity."));
        }

        var parts = allocations
            .Select(part => (Text: TextOf(part.Tags ?? []), Quantity: part.AllocatedUsageQuantity!.Value))
            .OrderBy(part => part.Text, StringComparer.Ordinal)
            .ToList();
        return parts.DistinctBy(part => part.Text, StringComparer.Ordinal).Count() != parts.Count
            ? (null, Invalid("Every usage allocation has a set of tags of its own."))
            : ([.. parts.Select(part => new TaggedQuantity(Encoding.UTF8.GetBytes(part.Text), part.Quantity))], null);
    }

    private static bool AreTags(IReadOnlyList<UsageTag>? tags) =>
        tags is null
        || (tags.Count is >= 1 and <= TagsMax
            && tags.All(tag => tag is not null && IsText(tag.Key, KeyLengthMax) && IsText(tag.Value, ValueLengthMax))
            && tags.DistinctBy(tag => tag.Key, StringComparer.Ordinal).Count() == tags.Count);

    private static bool IsText(string? text, int lengthMax) =>
        text is { Length: >= 1 } && text.Length <= lengthMax && TagText().IsMatch(text);

    /// <summary>The tags as usage blocks have them; none has the separator in it.</summary>
    private static string TextOf(IReadOnlyList<UsageTag> tags) => string.Concat(
        tags.OrderBy(tag => tag.Key, StringComparer.Ordinal).Select(tag => $"{tag.Key}\0{tag.Value}\0"));

    private static AwsError Invalid(string message) => new("InvalidUsageAllocationsException", message);

    // The model's pattern to the letter: " -=" is a range in it, so it admits more than the list in AWS's prose.
    [GeneratedRegex(@"^[a-zA-Z0-9+ -=._:\/@]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex TagText();
}
