using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Tally.Tidy.Rules.Time;

namespace Tally.Tidy.Rules.Tests;

/// <summary>
/// A test waits for an event or a condition, never for time. What must poll (another process, a server) pauses inside
/// a loop, on a line that says so.
/// </summary>
internal sealed class WaitingTests : FileRule
{
    private const string Marker = "// polls for a condition";

    public override string Name => "waiting-tests";

    public override string Remedy =>
        $"use virtual time or await the event; a pause of a polling loop has '{Marker}' at the end of its line";

    public override IReadOnlyList<Example> Broken =>
    [
        Example.Test("class A { async Task M() { await Task.Delay(100); } }"),
        Example.Test("class A { void M() { Thread.Sleep(100); } }"),
        Example.Test($"class A {{ async Task M() {{ await Task.Delay(100); {Marker}\n }} }}"),
        Example.Test("class A { async Task M() { while (!Done()) { await Task.Delay(20); } } }"),
        Example.Test($"class A {{ void M() {{ while (true) {{ Run(() => Task.Delay(20)); {Marker}\n }} }} }}"),
        Example.Test("class A { async Task M() { await Task.Delay(1, TimeProvider.System); } }"),
    ];

    public override IReadOnlyList<Example> Kept =>
    [
        Example.Test($"class A {{ async Task M() {{ while (!Done()) {{ await Task.Delay(20); {Marker}\n }} }} }}"),
        Example.Test("class A { async Task M() { await Task.Delay(Timeout.Infinite, stop); } }"),
        Example.Test("class A { async Task M() { await Task.Delay(Hour, fakeTime); } }"),
        Example.Product("class A { async Task M() { await Task.Delay(100); } }"),
    ];

    protected override bool Applies(SourceFile file) => file.IsCSharp && file.IsTest;

    protected override IEnumerable<Violation> Check(SourceFile file) =>
        from call in file.Nodes<InvocationExpressionSyntax>()
        where Waits.IsSleep(call) || Waits.IsDelayByTheMachine(call)
        where !(IsInLoop(call) && IsMarked(file, call))
        select file.At(call, call.ToString());

    private static bool IsMarked(SourceFile file, SyntaxNode call) =>
        file.Lines[file.LineOf(call.Span.End) - 1].TrimEnd().EndsWith(Marker, StringComparison.Ordinal);

    private static bool IsInLoop(SyntaxNode call) =>
        call.Ancestors()
            .TakeWhile(node => node is not (MemberDeclarationSyntax or LocalFunctionStatementSyntax
                or AnonymousFunctionExpressionSyntax))
            .Any(node => node is WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax
                or CommonForEachStatementSyntax);
}
