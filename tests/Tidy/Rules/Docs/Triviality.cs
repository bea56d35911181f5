using System.Text.RegularExpressions;

namespace Tally.Tidy.Rules.Docs;

/// <summary>Whether a text says more than the name that it stands above.</summary>
internal static partial class Triviality
{
    private static readonly HashSet<string> Filler = new(
        [
            "a", "an", "and", "are", "as", "at", "be", "by", "class", "enum", "for", "from", "get", "gets", "given",
            "has", "if", "in", "indicates", "indicating", "initialize", "initializes", "instance", "interface", "is",
            "it", "its", "method", "new", "object", "of", "on", "or", "parameter", "property", "record", "represent",
            "represents", "return", "returns", "set", "sets", "some", "specified", "struct", "that", "the", "this",
            "to", "type", "value", "whether", "which", "with",
        ],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>True when every word of the text is filler or stands in one of the names.</summary>
    public static bool SaysNothing(string text, params IEnumerable<string> names)
    {
        var known = names.SelectMany(Words).ToList();
        return Words(text).All(word => Filler.Contains(word) || known.Any(name => IsSame(name, word)));
    }

    // Plurals and verb forms of a name's word say no more than the name.
    private static bool IsSame(string name, string word)
    {
        var (shorter, longer) = name.Length <= word.Length ? (name, word) : (word, name);
        return longer.Length - shorter.Length <= 2 && longer.StartsWith(shorter, StringComparison.OrdinalIgnoreCase);
    }

    private static IEnumerable<string> Words(string text) => WordPattern().Matches(text).Select(match => match.Value);

    [GeneratedRegex("[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[0-9]+", RegexOptions.CultureInvariant)]
    private static partial Regex WordPattern();
}
