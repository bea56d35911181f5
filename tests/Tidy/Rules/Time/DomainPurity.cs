using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Tally.Tidy.Rules.Time;

/// <summary>
/// The rules of metering are deterministic: no input or output, clock, randomness, thread or framework.
/// </summary>
internal sealed class DomainPurity : FileRule
{
    private static readonly string[] Namespaces =
        ["Orleans", "Microsoft", "System.IO", "System.Net", "System.Threading", "System.Data", "System.Reflection",
         "System.Diagnostics.Stopwatch", "System.Diagnostics.Process", "System.Timers"];

    private static readonly string[] Types =
        ["Task", "ValueTask", "TimeProvider", "Stopwatch", "Environment", "Console", "Thread", "ThreadPool", "Timer",
         "CancellationToken", "File", "Directory", "Stream", "HttpClient", "ILogger", "AsyncLocal", "ThreadLocal",
         "Activator", "RandomNumberGenerator"];

    private static readonly string[] Readings =
        ["Guid.NewGuid", "Guid.CreateVersion7", "Random.Shared", "DateTime.Now", "DateTime.UtcNow", "DateTime.Today",
         "DateTimeOffset.Now", "DateTimeOffset.UtcNow", "TimeZoneInfo.Local", "CultureInfo.CurrentCulture"];

    public override string Name => "domain-purity";

    public override string Remedy =>
        "src/Domain only calculates: take the time, the random number or the answer as an argument; the shell reads it";

    public override IReadOnlyList<Example> Broken =>
    [
        Domain("using Orleans.Runtime;"),
        Domain("using System.IO;"),
        Domain("class A { object M() => new System.Net.Cookie(); }"),
        Domain("class A { Task M() => Run(); }"),
        Domain("class A { ValueTask<int> M() => Run(); }"),
        Domain("class A { async object M() => 1; }"),
        Domain("class A(TimeProvider time);"),
        Domain("class A { object M() => DateTimeOffset.UtcNow; }"),
        Domain("class A { object M() => System.DateTime.Now; }"),
        Domain("class A { object M() => Guid.NewGuid(); }"),
        Domain("class A { int M() => Random.Shared.Next(); }"),
        Domain("class A { int M() => new Random().Next(); }"),
        Domain("class A { Random _r = new(); }"),
        Domain("class A { long M() => Stopwatch.GetTimestamp(); }"),
        Domain("class A { string M() => Environment.NewLine; }"),
        Domain("class A { void M() { Console.WriteLine(); } }"),
        Domain("class A { void M(Thread thread) { } }"),
        Domain("class A { static int _seen; }"),
    ];

    public override IReadOnlyList<Example> Kept =>
    [
        Domain("using System.Collections.Immutable; class A { DateTimeOffset M(DateTimeOffset now) => now; }"),
        Domain("class A { int M(Random random) => random.Next(); Random N(int seed) => new Random(seed); }"),
        Domain("class A { object M(B b) => b.Environment; static readonly int C = 1; }"),
        Example.Product("using Orleans; class A { Task M() => Task.CompletedTask; }"),
    ];

    protected override bool Applies(SourceFile file) => file.IsCSharp && file.IsIn("src/Domain");

    protected override IEnumerable<Violation> Check(SourceFile file) =>
        from node in file.Unit.DescendantNodesAndTokens()
        let what = node.IsToken ? Async(node.AsToken()) : Forbidden(node.AsNode()!)
        where what is not null
        select file.At(file.LineOf(node.SpanStart), what);

    private static Example Domain(string text) => new("src/Domain/Snippet.cs", text);

    private static string? Async(SyntaxToken token) =>
        token.IsKind(SyntaxKind.AsyncKeyword) || token.IsKind(SyntaxKind.AwaitKeyword) ? token.Text : null;

    private static string? Forbidden(SyntaxNode node) => node switch
    {
        QualifiedNameSyntax name when name.Parent is not QualifiedNameSyntax && IsForbiddenSpace(name) =>
            name.ToString(),
        IdentifierNameSyntax { Parent: UsingDirectiveSyntax } name when IsForbiddenSpace(name) => name.ToString(),
        MemberAccessExpressionSyntax access when IsReading(access) => access.ToString(),
        SimpleNameSyntax name when IsForbiddenType(name) => name.ToString(),
        ObjectCreationExpressionSyntax { Type: IdentifierNameSyntax { Identifier.Text: "Random" } } creation
            when creation.ArgumentList is null or { Arguments.Count: 0 } => creation.ToString(),
        ImplicitObjectCreationExpressionSyntax { ArgumentList.Arguments.Count: 0 } creation
            when IsDeclaredAsRandom(creation) => "Random without a seed",
        FieldDeclarationSyntax field when field.Modifiers.Any(SyntaxKind.StaticKeyword)
            && !field.Modifiers.Any(SyntaxKind.ReadOnlyKeyword) => field.ToString(),
        _ => null,
    };

    private static bool IsForbiddenSpace(NameSyntax name) =>
        Namespaces.Any(space => $"{name}.".StartsWith($"{space}.", StringComparison.Ordinal));

    private static bool IsReading(MemberAccessExpressionSyntax access) =>
        Readings.Any(reading => access.ToString() is var text
            && (string.Equals(text, reading, StringComparison.Ordinal)
                || string.Equals(text, $"System.{reading}", StringComparison.Ordinal)));

    private static bool IsForbiddenType(SimpleNameSyntax name) =>
        Types.Contains(name.Identifier.Text, StringComparer.Ordinal)
        && !(name.Parent is MemberAccessExpressionSyntax access && access.Name == name)
        && name.Parent is not (NameColonSyntax or NameEqualsSyntax or QualifiedNameSyntax);

    private static bool IsDeclaredAsRandom(ImplicitObjectCreationExpressionSyntax creation) =>
        creation.FirstAncestorOrSelf<VariableDeclarationSyntax>()?.Type
            is IdentifierNameSyntax { Identifier.Text: "Random" };
}
