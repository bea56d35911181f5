using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Tally.Tidy.Rules.Shape;

/// <summary>No asynchronous method returns nothing: its exception would end the process.</summary>
internal sealed class AsyncVoid : FileRule
{
    public override string Name => "async-void";

    public override string Remedy => "return Task or ValueTask, and have somebody await it";

    public override IReadOnlyList<Example> Broken =>
    [
        Example.Product("class A { async void M() { } }"),
        Example.Test("class A { void M() { async void Inner() { } } }"),
    ];

    public override IReadOnlyList<Example> Kept =>
        [Example.Product("class A { async Task M() { void Inner() { } } void N() { } }")];

    protected override bool Applies(SourceFile file) => file.IsCSharp;

    protected override IEnumerable<Violation> Check(SourceFile file)
    {
        foreach (var method in file.Nodes<MethodDeclarationSyntax>())
        {
            if (method.Modifiers.Any(SyntaxKind.AsyncKeyword) && IsVoid(method.ReturnType))
                yield return file.At(method, $"async void {method.Identifier}");
        }

        foreach (var local in file.Nodes<LocalFunctionStatementSyntax>())
        {
            if (local.Modifiers.Any(SyntaxKind.AsyncKeyword) && IsVoid(local.ReturnType))
                yield return file.At(local, $"async void {local.Identifier}");
        }
    }

    private static bool IsVoid(TypeSyntax type) =>
        type is PredefinedTypeSyntax predefined && predefined.Keyword.IsKind(SyntaxKind.VoidKeyword);
}
