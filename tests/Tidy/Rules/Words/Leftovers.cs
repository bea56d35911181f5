using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;

namespace Tally.Tidy.Rules.Words;

/// <summary>Nothing is left for later in a comment.</summary>
internal sealed partial class Leftovers : FileRule
{
    public override string Name => "leftovers";

    public override string Remedy => "do it now, or open an issue and delete the note";

    public override IReadOnlyList<Example> Broken =>
    [
        Example.Product("// TODO: handle overflow.\nclass A { }"),
        Example.Product("class A { /* FIXME */ }"),
        Example.Product("/// <summary>A HACK.</summary>\nclass A { }"),
        new("deploy/values.yaml", "replicas: 3 # TO" + "DO tune\n"),
    ];

    public override IReadOnlyList<Example> Kept =>
        [Example.Product("// Todos and hackers are fine.\nclass A { string B => \"TODO\"; }")];

    protected override bool Applies(SourceFile file) =>
        !file.Path.EndsWith("packages.lock.json", StringComparison.Ordinal);

    protected override IEnumerable<Violation> Check(SourceFile file) =>
        file.IsCSharp
            ? from trivia in file.Unit.DescendantTrivia()
              where Comments.IsComment(trivia) || Comments.IsDocumentation(trivia)
              from match in LeftoverPattern().Matches(trivia.ToFullString())
              select file.At(file.LineOf(trivia.FullSpan.Start + match.Index), match.Value)
            : from line in file.Lines.Index()
              from match in LeftoverPattern().Matches(line.Item)
              select file.At(line.Index + 1, match.Value);

    [GeneratedRegex(@"\b(TODO|FIXME|HACK|XXX)\b", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex LeftoverPattern();
}
