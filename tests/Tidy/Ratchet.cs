using System.Globalization;

namespace Tally.Tidy;

/// <summary>
/// What was allowed to stay when a rule came, or where a rule meets a case it does not fit: rule, file, and how many
/// times. Fewer than allowed fails as well as more, so an entry can only shrink.
/// </summary>
internal sealed class Ratchet
{
    private readonly Dictionary<(string Rule, string Path), int> _allowed = [];

    /// <summary>The rules that have entries.</summary>
    public IEnumerable<string> Rules => _allowed.Keys.Select(key => key.Rule).Distinct(StringComparer.Ordinal);

    /// <summary>Reads lines such as <c>method-length src/Grains/X.cs 1 # reason</c>.</summary>
    /// <exception cref="FormatException">A line is not of that form, lacks its reason, or repeats another.</exception>
    public static Ratchet Parse(string text)
    {
        var ratchet = new Ratchet();
        foreach (var line in text.Split('\n').Select(line => line.Trim()))
        {
            if (line.Length == 0 || line[0] == '#') continue;
            var parts = line.Split('#', 2);
            var words = parts[0].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (parts.Length < 2 || parts[1].Trim().Length == 0 || words.Length != 3
                || !int.TryParse(words[2], NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count < 1)
                throw new FormatException($"Not 'rule path count # reason': {line}");
            if (!ratchet._allowed.TryAdd((words[0], words[1]), count))
                throw new FormatException($"Twice: {line}");
        }

        return ratchet;
    }

    /// <summary>What is to be said about a rule's violations once the allowed ones are taken away.</summary>
    public IReadOnlyList<string> Judge(string rule, IEnumerable<Violation> violations)
    {
        var complaints = new List<string>();
        var left = _allowed.Where(entry => string.Equals(entry.Key.Rule, rule, StringComparison.Ordinal))
            .ToDictionary(entry => entry.Key.Path, entry => entry.Value, StringComparer.Ordinal);
        foreach (var file in violations.GroupBy(violation => violation.Path, StringComparer.Ordinal))
        {
            left.Remove(file.Key, out var allowed);
            if (file.Count() > allowed)
                complaints.AddRange(file.Select(violation => violation.ToString()));
            else if (file.Count() < allowed)
                complaints.Add($"tests/Tidy/ratchet.txt: '{rule} {file.Key} {allowed}' is to shrink to {file.Count()}");
        }

        complaints.AddRange(left.Select(entry =>
            $"tests/Tidy/ratchet.txt: '{rule} {entry.Key} {entry.Value}' is no longer needed; delete it"));
        return complaints;
    }
}
