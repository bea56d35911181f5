using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Tally.Client.Tests.Hosting;

/// <summary>The client's page names every option with its default, every metric and every line of the log.</summary>
public sealed partial class ClientPageTests
{
    private static string Root => Path.GetFullPath(Path.Combine(Folder(), "..", "..", ".."));

    [Fact]
    public void Page_Options_AreThoseThatThereAre() => AssertSame(
        typeof(TallyClientOptions).GetProperties().Select(property => string.Create(
            CultureInfo.InvariantCulture,
            $"{property.Name} {DefaultOf(property.GetValue(new TallyClientOptions()))}")),
        OptionRow());

    [Fact]
    public void Page_Metrics_AreThoseThatThereAre() => AssertSame(Found(Metric()), MetricRow());

    [Fact]
    public void Page_LogEvents_AreThoseThatThereAre() => AssertSame(Found(LogEvent()), EventRow());

    [GeneratedRegex(@"LoggerMessage\(\s*(\d+), LogLevel\.(\w+)", RegexOptions.None, 10_000)]
    private static partial Regex LogEvent();

    [GeneratedRegex(@"^\| (\d+) \| (\w+) \|", RegexOptions.Multiline, 10_000)]
    private static partial Regex EventRow();

    [GeneratedRegex(@"\.Create\w+(?:<\w+>)?\(\s*""(tally\.[\w.]+)"",.*?""([^""]+)""", RegexOptions.None, 10_000)]
    private static partial Regex Metric();

    [GeneratedRegex(@"^\| `(tally\.[\w.]+)` \| `([^`]+)` \|", RegexOptions.Multiline, 10_000)]
    private static partial Regex MetricRow();

    [GeneratedRegex(@"^\| `([A-Z]\w+)` \| (none|`[^`]+`) \|", RegexOptions.Multiline, 10_000)]
    private static partial Regex OptionRow();

    private static string DefaultOf(object? value) => value is null or "" ? "none" : $"`{value}`";

    private static IEnumerable<string> Found(Regex pattern) =>
        Directory.EnumerateFiles(Path.Combine(Root, "src", "Client"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin"))
            .SelectMany(file => pattern.Matches(File.ReadAllText(file)))
            .Select(match => $"{match.Groups[1].Value} {match.Groups[2].Value}");

    private static void AssertSame(IEnumerable<string> expected, Regex row)
    {
        var there = expected.Order(StringComparer.Ordinal).ToArray();
        Assert.NotEmpty(there);
        var page = File.ReadAllText(Path.Combine(Root, "docs", "client.md"));
        var documented = row.Matches(page).Select(match => $"{match.Groups[1].Value} {match.Groups[2].Value}");
        Assert.Equal(there, documented.Order(StringComparer.Ordinal));
    }

    private static string Folder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
