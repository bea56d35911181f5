using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Tally.Tidy.Rules.Logs;

/// <summary>Log lines are declared, not written where they happen.</summary>
internal sealed class DirectLogging : FileRule
{
    private static readonly string[] Calls =
        ["LogTrace", "LogDebug", "LogInformation", "LogWarning", "LogError", "LogCritical"];

    public override string Name => "direct-logging";

    public override string Remedy => "declare the line with [LoggerMessage] in X.Log.cs, with an event id of its own";

    public override IReadOnlyList<Example> Broken =>
    [
        Example.Product("class A { void M() { _logger.LogInformation(\"Sealed.\"); } }"),
        Example.Product("class A { void M() { logger?.LogError(e, \"Failed.\"); } }"),
        Example.Product("class A { void M() { _logger.Log(LogLevel.Warning, \"Late.\"); } }"),
    ];

    public override IReadOnlyList<Example> Kept =>
    [
        Example.Product("class A { void M() { LogSealed(_logger, hour); _log.Sealed(hour); Math.Log(2); } }"),
        Example.Test("class A { void M() { _logger.LogInformation(\"Sealed.\"); } }"),
    ];

    protected override bool Applies(SourceFile file) => file.IsCSharp && file.IsProduct;

    protected override IEnumerable<Violation> Check(SourceFile file) =>
        from call in file.Nodes<InvocationExpressionSyntax>()
        let name = call.Expression switch
        {
            MemberAccessExpressionSyntax access => access.Name.Identifier.Text,
            MemberBindingExpressionSyntax binding => binding.Name.Identifier.Text,
            _ => string.Empty,
        }
        where Calls.Contains(name, StringComparer.Ordinal) || (name is "Log" && TakesLevel(call))
        select file.At(call, $"{name}(...)");

    private static bool TakesLevel(InvocationExpressionSyntax call) =>
        call.ArgumentList.Arguments is [var first, ..]
        && first.ToString().StartsWith("LogLevel.", StringComparison.Ordinal);
}
