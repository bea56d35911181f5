using System.Text.RegularExpressions;

namespace Tally.Tidy.Rules.Words;

/// <summary>What a page links to in this repository is there.</summary>
internal sealed partial class Links : Rule
{
    public override string Name => "links";

    public override string Remedy => "mend the link; a page that speaks of what is gone is mended or deleted with it";

    public override IReadOnlyList<Example> Broken =>
    [
        new("README.md", "See [the design](docs/gone.md)."),
        new("docs/a.md", "See [the code](../src/Gone/)."),
    ];

    public override IReadOnlyList<Example> Kept =>
    [
        new Example("docs/a.md", "[a](../README.md#start) [b](b.md) [c](https://a.b/c.md) [d](#e) [f](../src/Api)")
            .And("README.md", "[a](./docs/a.md)").And("docs/b.md", "b").And("src/Api/Api.csproj", "<Project/>"),
    ];

    public override IEnumerable<Violation> Check(Codebase code)
    {
        var files = code.Files.Select(file => file.Path).ToHashSet(StringComparer.Ordinal);
        var folders = files.SelectMany(Folders).ToHashSet(StringComparer.Ordinal);
        return
            from page in code.Files
            where page.Path.EndsWith(".md", StringComparison.Ordinal)
            from line in page.Lines.Index()
            from match in LinkPattern().Matches(line.Item)
            let target = match.Groups["target"].Value.Split('#')[0]
            where target.Length > 0 && !target.Contains(':', StringComparison.Ordinal)
            let path = Resolve(page.Path, target)
            where !files.Contains(path) && !folders.Contains(path) && !IsUnread(target)
            select page.At(line.Index + 1, $"{target} is not there");
    }

    private static IEnumerable<string> Folders(string path)
    {
        for (var end = path.LastIndexOf('/'); end > 0; end = path.LastIndexOf('/', end - 1))
            yield return path[..end];
    }

    // Pictures and the licence are not among the text files that were read.
    private static bool IsUnread(string target) =>
        target.EndsWith("LICENSE", StringComparison.Ordinal)
        || Path.GetExtension(target) is ".png" or ".svg" or ".gif" or ".jpg";

    private static string Resolve(string page, string target)
    {
        var folder = Path.GetDirectoryName("/" + page)!;
        return Path.GetFullPath(Path.Combine(folder, target)).Trim('/');
    }

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)", RegexOptions.CultureInvariant)]
    private static partial Regex LinkPattern();
}
