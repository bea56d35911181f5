using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Tally.Tidy.Rules.Logs;

/// <summary>Every log line has an event id, and no other line of its assembly has the same.</summary>
internal sealed class EventIds : Rule
{
    public override string Name => "event-ids";

    public override string Remedy => "give every [LoggerMessage] an EventId that no other log line of the assembly has";

    public override IReadOnlyList<Example> Broken =>
    [
        Lines("[LoggerMessage(EventId = 1)] void M(); [LoggerMessage(EventId = 1)] void N();"),
        Lines("[LoggerMessage(1, LogLevel.Debug, \"a\")] void M(); [LoggerMessage(EventId = 0x1)] void N();"),
        Lines("[LoggerMessage(Level = LogLevel.Debug)] void M();"),
        Lines("[LoggerMessage(LogLevel.Debug, \"a\")] void M();"),
        Lines("[LoggerMessage(EventId = 1)] void M();")
            .And("src/Grains/Other.cs", "partial class B { [LoggerMessage(EventId = 1)] void M(); }"),
        Lines("[LoggerMessage(EventId = Ids.A)] void M(); [LoggerMessage(EventId = 7)] void N();")
            .And("src/Grains/Ids.cs", "static class Ids { public const int A = 7; }"),
    ];

    public override IReadOnlyList<Example> Kept =>
    [
        Lines("[LoggerMessage(EventId = 1)] void M(); [LoggerMessage(2, LogLevel.Debug, \"a\")] void N();"),
        Lines("[LoggerMessage(EventId = 1)] void M();")
            .And("src/Api/Other.cs", "partial class B { [LoggerMessage(EventId = 1)] void M(); }"),
        Lines("[LoggerMessage(EventId = Ids.A)] void M(); [LoggerMessage(EventId = Ids.B)] void N();")
            .And("src/Grains/Ids.cs", "static class Ids { public const int A = 7; public const int B = 8; }"),
    ];

    public override IEnumerable<Violation> Check(Codebase code) =>
        code.Product.GroupBy(file => file.Project, StringComparer.Ordinal).SelectMany(CheckAssembly);

    private static Example Lines(string members) => Example.Product($"partial class A {{ {members} }}");

    private static IEnumerable<Violation> CheckAssembly(IEnumerable<SourceFile> files)
    {
        var all = files.ToList();
        var seen = new Dictionary<string, Violation>(StringComparer.Ordinal);
        foreach (var file in all)
        {
            foreach (var attribute in file.Nodes<AttributeSyntax>().Where(IsLogLine))
            {
                var id = IdOf(attribute, all);
                var here = file.At(attribute, id is null ? "no event id" : $"event id {id}");
                if (id is null)
                    yield return here;
                else if (!seen.TryAdd(id, here))
                    yield return here with { What = $"event id {id} is that of {seen[id].Path}:{seen[id].Line}" };
            }
        }
    }

    private static bool IsLogLine(AttributeSyntax attribute) => attribute.Name.ToString() is "LoggerMessage";

    private static string? IdOf(AttributeSyntax attribute, IEnumerable<SourceFile> files)
    {
        var arguments = attribute.ArgumentList?.Arguments.ToList() ?? [];
        var argument = arguments.Find(given => given.NameEquals?.Name.Identifier.Text is "EventId")
            ?? arguments.Find(given => given.NameColon?.Name.Identifier.Text is "eventId")
            ?? arguments.FirstOrDefault(given => given.NameEquals is null && given.NameColon is null);
        return argument?.Expression switch
        {
            LiteralExpressionSyntax { Token.Value: int number } => $"{number}",
            MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.Text: "LogLevel" } } => null,
            MemberAccessExpressionSyntax access => ConstantOf(access.Name.Identifier.Text, files) ?? access.ToString(),
            IdentifierNameSyntax name => ConstantOf(name.Identifier.Text, files) ?? name.ToString(),
            _ => null,
        };
    }

    private static string? ConstantOf(string name, IEnumerable<SourceFile> files) =>
        (from file in files
         from field in file.Nodes<FieldDeclarationSyntax>()
         where field.Modifiers.Any(SyntaxKind.ConstKeyword)
         from variable in field.Declaration.Variables
         where string.Equals(variable.Identifier.Text, name, StringComparison.Ordinal)
         select (variable.Initializer?.Value as LiteralExpressionSyntax)?.Token.Value?.ToString()).FirstOrDefault();
}
