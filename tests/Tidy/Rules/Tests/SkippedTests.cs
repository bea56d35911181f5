using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Tally.Tidy.Rules.Tests;

/// <summary>
/// No test is switched off. What a machine may lack is found out at run time and named by Assert.Skip.
/// </summary>
internal sealed class SkippedTests : FileRule
{
    private static readonly string[] TestAttributes = ["Fact", "Theory", "InlineData", "MemberData", "ClassData"];

    public override string Name => "skipped-tests";

    public override string Remedy =>
        "mend or delete the test; call Assert.Skip(reason) when the machine lacks something";

    public override IReadOnlyList<Example> Broken =>
    [
        Example.Test("class A { [Fact(Skip = \"later\")] void M() { } }"),
        Example.Test("class A { [Theory, InlineData(1, Skip = \"later\")] void M(int a) { } }"),
        Example.Test("class A { [Fact(Explicit = true)] void M() { } }"),
    ];

    public override IReadOnlyList<Example> Kept =>
    [
        Example.Test("class A { [Fact(Timeout = 1)] void M() { Assert.Skip(\"no server\"); } }"),
        Example.Test("class A { [Page(Skip = 1)] void M() { } }"),
    ];

    protected override bool Applies(SourceFile file) => file.IsCSharp && file.IsTest;

    protected override IEnumerable<Violation> Check(SourceFile file) =>
        from attribute in file.Nodes<AttributeSyntax>()
        where TestAttributes.Contains(attribute.Name.ToString(), StringComparer.Ordinal)
        from argument in attribute.ArgumentList?.Arguments ?? []
        where argument.NameEquals?.Name.Identifier.Text is "Skip" or "Explicit"
        select file.At(argument, argument.ToString());
}
