using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Tally.Standalone.Tests.Hosting;

/// <summary>The page for those who run it explains every metric and every line of the log.</summary>
public sealed partial class OperationsPageTests
{
    private static readonly string[] NotShown = ["Trace", "Debug"];

    private static string Root => Path.GetFullPath(Path.Combine(Folder(), "..", "..", ".."));

    [Fact]
    public void Page_LogEvents_AreThoseThatThereAre()
    {
        var events = Sources()
            .SelectMany(source => LogEvent().Matches(source))
            .Where(match => !NotShown.Contains(match.Groups[2].Value))
            .Select(match => $"{match.Groups[1].Value} {match.Groups[2].Value}");
        var documented = EventRow().Matches(Page("## The log"))
            .Select(row => $"{row.Groups[1].Value} {row.Groups[2].Value}");
        AssertSame(events, documented);
    }

    [Fact]
    public void Page_Metrics_AreThoseThatThereAre() => AssertSame(
        Sources().SelectMany(source => Metric().Matches(source)).Select(match => match.Groups[1].Value),
        MetricRow().Matches(Page("## Metrics")).Select(row => row.Groups[1].Value));

    [GeneratedRegex(@"LoggerMessage\(\s*(\d+), LogLevel\.(\w+)", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex LogEvent();

    [GeneratedRegex(@"^\| (\d+) \| (\w+) \| [^|]+ \|$", RegexOptions.Multiline, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex EventRow();

    [GeneratedRegex(
        @"\.Create\w+(?:<\w+>)?\(\s*""(tally\.[\w.]+)""", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Metric();

    [GeneratedRegex(@"^\| `(tally\.[\w.]+)` \|", RegexOptions.Multiline, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex MetricRow();

    /// <summary>
    /// The program's sources; the emulator is a program of its own, and the client is in the programs of others.
    /// </summary>
    private static IEnumerable<string> Sources() =>
        Directory.EnumerateFiles(Path.Combine(Root, "src"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Split(Path.DirectorySeparatorChar)
                .Any(part => part is "Emulator" or "Client" or "obj" or "bin"))
            .Select(File.ReadAllText);

    private static string Page(string heading)
    {
        var page = File.ReadAllText(Path.Combine(Root, "docs", "operations.md"));
        var start = page.IndexOf(heading + "\n", StringComparison.Ordinal);
        Assert.True(start >= 0, $"The page has no part '{heading}'.");
        return page[start..page.IndexOf("\n#", start + heading.Length, StringComparison.Ordinal)];
    }

    private static void AssertSame(IEnumerable<string> expected, IEnumerable<string> actual)
    {
        var there = expected.Distinct().Order(StringComparer.Ordinal).ToArray();
        Assert.NotEmpty(there);
        Assert.Equal(there, actual.Order(StringComparer.Ordinal));
    }

    private static string Folder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
