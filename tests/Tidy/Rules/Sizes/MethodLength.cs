using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Tally.Tidy.Rules.Sizes;

/// <summary>No method, constructor, operator, accessor or top-level program is longer than 70 lines.</summary>
internal sealed class MethodLength : FileRule
{
    private const int LinesMax = 70;

    public override string Name => "method-length";

    public override string Remedy =>
        $"a method has at most {LinesMax} lines, from its first attribute to its closing brace; name its steps";

    public override IReadOnlyList<Example> Broken =>
    [
        Example.Product($"class A {{\nvoid M()\n{{\n{Statements(LinesMax - 2)}}}\n}}"),
        Example.Product($"class A {{\nint M\n{{ get {{\n{Statements(LinesMax)}}} }} }}"),
        Example.Product(Statements(LinesMax + 1)),
    ];

    public override IReadOnlyList<Example> Kept =>
    [
        Example.Product($"class A {{\nvoid M()\n{{\n{Statements(LinesMax - 3)}}}\n}}"),
        Example.Product(Statements(LinesMax)),
    ];

    protected override bool Applies(SourceFile file) => file.IsCSharp;

    protected override IEnumerable<Violation> Check(SourceFile file)
    {
        var program = file.Unit.Members.OfType<GlobalStatementSyntax>().Sum(file.LinesOf);
        if (program > LinesMax)
            yield return file.At(1, $"{program} lines of top-level statements");
        foreach (var node in file.Unit.DescendantNodes().Where(IsMethod))
        {
            var lines = file.LinesOf(node);
            if (lines > LinesMax)
                yield return file.At(node, $"{lines} lines");
        }
    }

    private static bool IsMethod(SyntaxNode node) => node is BaseMethodDeclarationSyntax or AccessorDeclarationSyntax;

    private static string Statements(int count) => string.Concat(Enumerable.Repeat("Do();\n", count));
}
