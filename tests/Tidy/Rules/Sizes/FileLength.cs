namespace Tally.Tidy.Rules.Sizes;

/// <summary>No file of code is longer than 400 lines.</summary>
internal sealed class FileLength : FileRule
{
    private const int LinesMax = 400;

    public override string Name => "file-length";

    public override string Remedy => $"a file has at most {LinesMax} lines; split it by idea, not by size";

    public override IReadOnlyList<Example> Broken =>
        [Example.Product(Lines(LinesMax + 1)), new("run.sh", Lines(LinesMax + 1))];

    public override IReadOnlyList<Example> Kept =>
        [Example.Product(Lines(LinesMax)), new("docs/long.md", Lines(LinesMax + 1))];

    protected override bool Applies(SourceFile file) =>
        file.IsCSharp || file.Path.EndsWith(".sh", StringComparison.Ordinal);

    protected override IEnumerable<Violation> Check(SourceFile file)
    {
        if (file.Lines.Count > LinesMax)
            yield return file.At(LinesMax + 1, $"{file.Lines.Count} lines");
    }

    private static string Lines(int count) => string.Concat(Enumerable.Repeat("// Prose.\n", count));
}
