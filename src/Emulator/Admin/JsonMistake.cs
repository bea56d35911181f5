using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;

namespace Tally.Emulator.Admin;

/// <summary>Says what is wrong with a JSON document in the words of JSON, not of the types behind it.</summary>
internal static partial class JsonMistake
{
    /// <summary>One sentence on where the mistake is and what was expected there.</summary>
    /// <param name="broken">What reading the document threw.</param>
    /// <param name="expected">What the document should have been.</param>
    public static string Of(JsonException broken, JsonTypeInfo expected)
    {
        // Only the reader's own errors have one inside; all others are about a value that is JSON.
        if (broken.InnerException is JsonException)
            return $"It is not JSON, or ends too early, at {PlaceOf(broken)}.";

        var path = broken.Path ?? "$";
        foreach (Match segment in Segment().Matches(path[1..]))
        {
            var name = segment.Groups["name"].Value;
            if (expected.Kind is JsonTypeInfoKind.Object)
            {
                var member = expected.Properties.FirstOrDefault(
                    property => string.Equals(property.Name, name, StringComparison.OrdinalIgnoreCase));
                if (member is null) return Unknown(path, expected, broken);
                expected = expected.Options.GetTypeInfo(member.PropertyType);
            }
            else if (expected.ElementType is { } element)
            {
                expected = expected.Options.GetTypeInfo(element);
            }
        }

        return $"{path} must be {Form(expected)}, at {PlaceOf(broken)}.";
    }

    private static string Unknown(string path, JsonTypeInfo holder, JsonException broken) =>
        $"{path} is not known, at {PlaceOf(broken)}; the members are "
        + $"{string.Join(", ", holder.Properties.Select(property => property.Name))}.";

    private static string PlaceOf(JsonException broken) =>
        $"line {(broken.LineNumber ?? 0) + 1}, byte {(broken.BytePositionInLine ?? 0) + 1}";

    private static string Form(JsonTypeInfo type) => type.Kind switch
    {
        JsonTypeInfoKind.Object or JsonTypeInfoKind.Dictionary => "an object",
        JsonTypeInfoKind.Enumerable => "a list",
        _ when type.Type == typeof(string) => "a text",
        _ when type.Type == typeof(bool) => "true or false",
        _ when type.Type == typeof(int) => "a whole number of at most 32 bits",
        _ when type.Type == typeof(long) => "a whole number of at most 64 bits",
        _ when type.Type == typeof(double) => "a number",
        _ when type.Type == typeof(CallQuotas) => "'aws', or an object of operations and their calls a second",
        _ when type.Type == typeof(DisabledOperations) => "true, false, or a list of operations",
        _ when type.Type == typeof(SubscriptionState) => "'subscribed' or 'unsubscribed'",
        _ => "of another form",
    };

    [GeneratedRegex(
        @"\G(\.(?<name>[^.\[]+)|\['(?<name>.*?)'\](?=[.\[]|\z)|\[[0-9]+\])",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.Singleline)]
    private static partial Regex Segment();
}
