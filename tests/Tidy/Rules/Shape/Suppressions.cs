using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Tally.Tidy.Rules.Shape;

/// <summary>A warning is switched off only with the reason beside it.</summary>
internal sealed class Suppressions : FileRule
{
    public override string Name => "suppressions";

    public override string Remedy =>
        "mend what the warning says; if the rule is wrong here, give the reason on the same line or in Justification";

    public override IReadOnlyList<Example> Broken =>
    [
        Example.Product("#pragma warning disable CA1000\nclass A { }"),
        Example.Product("#nullable disable\nclass A { }"),
        Example.Product("""[SuppressMessage("Design", "CA1000")] class A { }"""),
        Example.Product("""[SuppressMessage("Design", "CA1000", Justification = " ")] class A { }"""),
    ];

    public override IReadOnlyList<Example> Kept =>
    [
        Example.Product("#pragma warning disable CA1000 // The type is the vocabulary of AWS.\nclass A { }"),
        Example.Product("#pragma warning restore CA1000\n#nullable enable\nclass A { }"),
        Example.Product("""[SuppressMessage("Design", "CA1000", Justification = "AWS's name.")] class A { }"""),
    ];

    protected override bool Applies(SourceFile file) => file.IsCSharp;

    protected override IEnumerable<Violation> Check(SourceFile file) =>
        Directives(file).Concat(Attributes(file));

    private static IEnumerable<Violation> Directives(SourceFile file) =>
        from trivia in file.Unit.DescendantTrivia()
        where trivia.IsDirective
        let directive = trivia.GetStructure() as DirectiveTriviaSyntax
        let disables = directive switch
        {
            PragmaWarningDirectiveTriviaSyntax pragma =>
                pragma.DisableOrRestoreKeyword.IsKind(SyntaxKind.DisableKeyword),
            NullableDirectiveTriviaSyntax nullable => nullable.SettingToken.IsKind(SyntaxKind.DisableKeyword),
            _ => false,
        }
        where disables && !HasReason(file.Lines[file.LineOf(directive.SpanStart) - 1])
        select file.At(directive, directive.ToString().Trim());

    private static bool HasReason(string line)
    {
        var comment = line.IndexOf("//", StringComparison.Ordinal);
        return comment >= 0 && line[(comment + 2)..].Trim().Length > 0;
    }

    private static IEnumerable<Violation> Attributes(SourceFile file) =>
        from attribute in file.Nodes<AttributeSyntax>()
        where attribute.Name.ToString().EndsWith("SuppressMessage", StringComparison.Ordinal)
        where attribute.ArgumentList?.Arguments.Any(IsJustification) != true
        select file.At(attribute, "SuppressMessage without a justification");

    private static bool IsJustification(AttributeArgumentSyntax argument) =>
        string.Equals(argument.NameEquals?.Name.Identifier.Text, "Justification", StringComparison.Ordinal)
        && argument.Expression is LiteralExpressionSyntax literal
        && literal.Token.ValueText.Trim().Length > 0;
}
