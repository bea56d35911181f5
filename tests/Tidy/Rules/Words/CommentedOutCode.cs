using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Tally.Tidy.Rules.Words;

/// <summary>
/// Comments are prose. A line that the compiler would take as a statement is code that somebody switched off.
/// </summary>
internal sealed partial class CommentedOutCode : FileRule
{
    public override string Name => "commented-out-code";

    public override string Remedy => "delete it; the history remembers";

    public override IReadOnlyList<Example> Broken =>
    [
        Example.Product("// var total = Sum(events);\nclass A { }"),
        Example.Product("// ledger.Apply(entry);\nclass A { }"),
        Example.Product("// return total;\nclass A { }"),
        Example.Product("// if (late) {\nclass A { }"),
        Example.Product("// public int Count { get; set; }\nclass A { }"),
        Example.Product("class A { /* total = total + 1; */ }"),
    ];

    public override IReadOnlyList<Example> Kept =>
    [
        Example.Product("// Prose; with a semicolon;\n// see below;\n// accepted = delivered + open\nclass A { }"),
        Example.Product("// Reads (and writes) the journal.\n// as in {0}\nclass A { }"),
        Example.Product("/// <code>ledger.Apply(entry);</code>\nclass A { }"),
    ];

    protected override bool Applies(SourceFile file) => file.IsCSharp;

    protected override IEnumerable<Violation> Check(SourceFile file) =>
        from trivia in file.Unit.DescendantTrivia()
        where Comments.IsComment(trivia)
        let first = file.LineOf(trivia.SpanStart)
        from line in trivia.ToString().Split('\n').Index()
        let text = line.Item.Trim().TrimStart('/', '*').TrimEnd('/', '*').Trim()
        where IsStatement(text) || IsMember(text) || BlockPattern().IsMatch(text)
        select file.At(first + line.Index, text);

    private static bool IsStatement(string text)
    {
        if (!text.EndsWith(';')) return false;
        var statement = SyntaxFactory.ParseStatement(text);
        return IsWhole(statement, text) && statement switch
        {
            // "See below;" is a declaration to the compiler.
            LocalDeclarationStatementSyntax local =>
                local.Declaration.Variables.Any(variable => variable.Initializer is not null),
            ExpressionStatementSyntax expression => expression.Expression is not IdentifierNameSyntax,
            EmptyStatementSyntax => false,
            _ => true,
        };
    }

    private static bool IsMember(string text) =>
        text.EndsWith('}')
        && text.Contains('{', StringComparison.Ordinal)
        && SyntaxFactory.ParseMemberDeclaration(text) is BasePropertyDeclarationSyntax or BaseMethodDeclarationSyntax
        && IsWhole(SyntaxFactory.ParseMemberDeclaration(text)!, text);

    private static bool IsWhole(SyntaxNode node, string text) =>
        !node.ContainsDiagnostics && node.FullSpan.Length == text.Length;

    [GeneratedRegex(
        @"^(\}|(if|for|foreach|while|switch|using|lock|else if) ?\(.*\) ?\{?|(try|else|do) ?\{)$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex BlockPattern();
}
