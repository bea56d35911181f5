using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Tally.Tidy.Rules.Sizes;

/// <summary>
/// No method has more than four parameters. Constructors and records are how more are bundled; a cancellation token
/// and the receiver of an extension are not counted; a log line has as many as it has fields, a theory as many as its
/// data, and an override as many as the base dictates.
/// </summary>
internal sealed class ParameterCount : FileRule
{
    private const int ParametersMax = 4;

    private static readonly string[] Exempting = ["LoggerMessage", "LibraryImport", "Theory"];

    public override string Name => "parameter-count";

    public override string Remedy => $"a method has at most {ParametersMax} parameters; bundle them in a record";

    public override IReadOnlyList<Example> Broken =>
    [
        Example.Product("class A { void M(int a, int b, int c, int d, int e) { } }"),
        Example.Product("class A { void M() { void Inner(int a, int b, int c, int d, int e) { } } }"),
        Example.Product("interface A { void M(int a, int b, int c, int d, int e); }"),
        Example.Product("delegate void D(int a, int b, int c, int d, int e);"),
    ];

    public override IReadOnlyList<Example> Kept =>
    [
        Example.Product("class A { void M(int a, int b, int c, int d, CancellationToken stop) { } }"),
        Example.Product("static class A { static void M(this int it, int a, int b, int c, int d) { } }"),
        Example.Product("class A { A(int a, int b, int c, int d, int e) { } }"),
        Example.Product("record A(int B, int C, int D, int E, int F);"),
        Example.Product("class A : B { override void M(int a, int b, int c, int d, int e) { } }"),
        Example.Product("partial class L { [LoggerMessage(1)] partial void M(int a, int b, int c, int d, int e); }"),
        Example.Test("class T { [Theory] void M(int a, int b, int c, int d, int e) { } }"),
    ];

    protected override bool Applies(SourceFile file) => file.IsCSharp;

    protected override IEnumerable<Violation> Check(SourceFile file) =>
        from list in file.Nodes<ParameterListSyntax>()
        let method = list.Parent!
        where method is MethodDeclarationSyntax or LocalFunctionStatementSyntax or DelegateDeclarationSyntax
        where !IsExempt(method)
        let count = list.Parameters.Count(IsCounted)
        where count > ParametersMax
        select file.At(method, $"{count} parameters");

    private static bool IsExempt(SyntaxNode method) =>
        method is MethodDeclarationSyntax declared
        && (declared.Modifiers.Any(SyntaxKind.OverrideKeyword)
            || declared.ExplicitInterfaceSpecifier is not null
            || declared.AttributeLists.SelectMany(list => list.Attributes).Any(IsExempting));

    private static bool IsExempting(AttributeSyntax attribute) =>
        Exempting.Contains(attribute.Name.ToString(), StringComparer.Ordinal);

    private static bool IsCounted(ParameterSyntax parameter) =>
        !parameter.Modifiers.Any(SyntaxKind.ThisKeyword)
        && parameter.Type?.ToString() is not ("CancellationToken" or "CancellationToken?");
}
