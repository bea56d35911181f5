using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Tally.Tidy.Rules.Tests;

/// <summary>Every value of a status, outcome or reason is named in a test: what can happen has happened once.</summary>
internal sealed class StatusesTested : Rule
{
    private static readonly string[] Endings = ["Status", "Outcome", "Reason", "Refusal"];

    public override string Name => "statuses-tested";

    public override string Remedy => "write the test in which this value is the answer, or delete the value";

    public override IReadOnlyList<Example> Broken =>
    [
        Statuses("Counted, Late").And("tests/Domain.Tests/T.cs", "class T { object M() => CountStatus.Counted; }"),
        Statuses("Counted"),
    ];

    public override IReadOnlyList<Example> Kept =>
    [
        Statuses("Counted, Late").And(
            "tests/Domain.Tests/T.cs",
            "class T { [InlineData(CountStatus.Counted)] object M() => Tally.Domain.CountStatus.Late; }"),
        new("src/Domain/Kind.cs", "public enum Kind { A }"),
        new("src/Domain/InnerStatus.cs", "enum InnerStatus { A }"),
    ];

    public override IEnumerable<Violation> Check(Codebase code)
    {
        var named = code.Tests.Where(file => !file.IsIn("tests/Tidy"))
            .SelectMany(file => file.Nodes<MemberAccessExpressionSyntax>())
            .Select(access => $"{LastName(access.Expression)}.{access.Name.Identifier.Text}")
            .ToHashSet(StringComparer.Ordinal);
        return
            from file in code.Product
            from status in file.Nodes<EnumDeclarationSyntax>()
            where status.Modifiers.Any(SyntaxKind.PublicKeyword)
            where Endings.Any(ending => status.Identifier.Text.EndsWith(ending, StringComparison.Ordinal))
            from value in status.Members
            let name = $"{status.Identifier.Text}.{value.Identifier.Text}"
            where !named.Contains(name)
            select file.At(value, $"{name} is in no test");
    }

    private static Example Statuses(string values) =>
        new("src/Domain/CountStatus.cs", $"public enum CountStatus {{ {values} }}");

    private static string LastName(ExpressionSyntax expression) => expression switch
    {
        MemberAccessExpressionSyntax access => access.Name.Identifier.Text,
        IdentifierNameSyntax name => name.Identifier.Text,
        _ => string.Empty,
    };
}
