using System.Text.RegularExpressions;

namespace Tally.Tidy.Rules.Words;

/// <summary>
/// The product speaks of itself alone: no folder of the machine it was written on, and no host that packages came from.
/// </summary>
internal sealed class ForeignWords : FileRule
{
    // Put together here, so that this file does not contain what it forbids.
    private static readonly string[] Folders = ["work", "root", "farm"];
    private static readonly string[] Words =
        ["." + "library", "DEVELOPERS" + ".md", "before" + "-stop", "api." + "nuget.org", "registry." + "npmjs.org",
         "deb." + "debian.org", "pypi" + ".org", "npm" + "rc"];

    private static readonly Regex FolderPattern = new(
        $@"(?<![\w.\-}}])/({string.Join('|', Folders)})/",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
        TimeSpan.FromSeconds(5));

    public override string Name => "foreign-words";

    public override string Remedy =>
        "say it without the machine: relative paths, and sources as everybody can reach them";

    public override IReadOnlyList<Example> Broken =>
    [
        new("docs/a.md", $"see /{Folders[0]}/notes"),
        new("src/A/B.cs", $"// As in ({Folders[1].Insert(0, "/")}/.config).\n"),
        .. Words.Select(word => new Example("docs/a.md", $"see {word} there")),
    ];

    public override IReadOnlyList<Example> Kept =>
        [new("docs/a.md", "src/network/work/part, https://example.com/root/of, a libraryful of developers")];

    protected override bool Applies(SourceFile file) => true;

    protected override IEnumerable<Violation> Check(SourceFile file) =>
        from line in file.Lines.Index()
        from word in Words.Where(word => line.Item.Contains(word, StringComparison.OrdinalIgnoreCase))
            .Concat(FolderPattern.Matches(line.Item).Select(match => match.Value))
        select file.At(line.Index + 1, word);
}
