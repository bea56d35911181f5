using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Tally.Tidy.Rules.Shape;

/// <summary>
/// Nothing blocks on asynchronous work. The <c>Result</c> of something that was asked for its completion before is no
/// wait.
/// </summary>
internal sealed class Blocking : FileRule
{
    public override string Name => "blocking";

    public override string Remedy =>
        "await it; read Result only behind IsCompletedSuccessfully, and give properties of our own a better name";

    public override IReadOnlyList<Example> Broken =>
    [
        Example.Product("class A { int M(Task<int> task) => task.Result; }"),
        Example.Product("class A { void M(Task task) { task.Wait(); } }"),
        Example.Product("class A { void M(Task task) { task.Wait(1000); } }"),
        Example.Product("class A { void M(Task task) { task.GetAwaiter().GetResult(); } }"),
        Example.Product("class A { void M(Task[] tasks) { Task.WaitAll(tasks); } }"),
        Example.Product("class A { int M(Task<int> a, Task<int> b) => b.IsCompleted ? a.Result : 0; }"),
    ];

    public override IReadOnlyList<Example> Kept =>
    [
        Example.Product("class A { int M(ValueTask<int> a) => a.IsCompletedSuccessfully ? a.Result : Slow(a); }"),
        Example.Product("class A { void M() { Monitor.Wait(_gate); } }"),
        Example.Product("class A { async Task M(Task task) { await task.WaitAsync(_stop); Use(results.Results); } }"),
        Example.Product("class A { void M(Answer answer) { answer.Result = 1; } }"),
        Example.Test("class A { int M(Task<int> task) => task.Result; }"),
    ];

    protected override bool Applies(SourceFile file) => file.IsCSharp && file.IsProduct;

    protected override IEnumerable<Violation> Check(SourceFile file) =>
        from access in file.Nodes<MemberAccessExpressionSyntax>()
        where IsRead(access) || IsWait(access) || IsGetResult(access)
        select file.At(access.Name, access.ToString());

    private static bool IsRead(MemberAccessExpressionSyntax access) =>
        Is(access.Name, "Result")
        && access.Parent is not InvocationExpressionSyntax
        && !(access.Parent is AssignmentExpressionSyntax assignment && assignment.Left == access)
        && !IsKnownComplete(access);

    private static bool IsKnownComplete(MemberAccessExpressionSyntax access)
    {
        var asked = $"{access.Expression}.IsCompleted";
        var member = access.FirstAncestorOrSelf<MemberDeclarationSyntax>();
        return member is not null && member.DescendantNodes().OfType<MemberAccessExpressionSyntax>().Any(other =>
            other.SpanStart < access.SpanStart && other.ToString().StartsWith(asked, StringComparison.Ordinal));
    }

    private static bool IsWait(MemberAccessExpressionSyntax access) =>
        access.Parent is InvocationExpressionSyntax
        && (Is(access.Name, "Wait") || Is(access.Name, "WaitAll") || Is(access.Name, "WaitAny"))
        && access.Expression.ToString() is not ("Monitor" or "WaitHandle");

    private static bool IsGetResult(MemberAccessExpressionSyntax access) =>
        Is(access.Name, "GetResult")
        && access.Expression is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax inner }
        && Is(inner.Name, "GetAwaiter");

    private static bool Is(SimpleNameSyntax name, string text) =>
        string.Equals(name.Identifier.Text, text, StringComparison.Ordinal);
}
