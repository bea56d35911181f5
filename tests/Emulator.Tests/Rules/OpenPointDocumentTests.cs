using System.Text.Json;
using System.Text.RegularExpressions;
using Tally.Emulator.Admin;

namespace Tally.Emulator.Tests.Rules;

/// <summary>docs/emulator.md names every open point with its default, and no other.</summary>
public sealed partial class OpenPointDocumentTests
{
    [Fact]
    public void Table_OfTheDocument_HasEveryOptionWithItsDefault()
    {
        var defaults = JsonSerializer.SerializeToElement(new OpenPoints(), AdminJson.Default.OpenPoints)
            .EnumerateObject().Select(member => $"{member.Name}: {member.Value}");
        var document = File.ReadAllText(Path.Combine(Repository(), "docs", "emulator.md"));
        var section = document[document.IndexOf("/_emulator/open-points` sets", StringComparison.Ordinal)..];
        var rows = Row().Matches(section[..section.IndexOf("Not options:", StringComparison.Ordinal)])
            .Select(row => $"{row.Groups[1].Value}: {row.Groups[2].Value.Trim('`')}");

        Assert.Equal(defaults, rows, StringComparer.OrdinalIgnoreCase);
    }

    private static string Repository()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "README.md")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("No README.md is above.");
        return folder;
    }

    [GeneratedRegex(@"^\| `(\w+)` \| ([^|]+) \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
