namespace Tally.Tidy.Rules.Sizes;

/// <summary>No line of code is longer than 120 columns.</summary>
internal sealed class LineLength : FileRule
{
    private const int ColumnsMax = 120;

    public override string Name => "line-length";

    public override string Remedy => $"a line has at most {ColumnsMax} columns; break it where the thought breaks";

    public override IReadOnlyList<Example> Broken =>
        [Example.Product(Line(ColumnsMax + 1)), new("test.sh", Line(ColumnsMax + 1))];

    public override IReadOnlyList<Example> Kept =>
        [Example.Product(Line(ColumnsMax)), new("docs/table.md", Line(ColumnsMax + 1))];

    protected override bool Applies(SourceFile file) =>
        file.IsCSharp || file.IsProject
        || file.Path.EndsWith(".sh", StringComparison.Ordinal)
        || file.Path.EndsWith(".props", StringComparison.Ordinal);

    protected override IEnumerable<Violation> Check(SourceFile file) =>
        from line in file.Lines.Index()
        let columns = line.Item.EnumerateRunes().Count()
        where columns > ColumnsMax
        select file.At(line.Index + 1, $"{columns} columns");

    private static string Line(int columns) => "//" + new string('-', columns - 2);
}
