using System.Text.RegularExpressions;

namespace Tally.Tidy.Rules.Projects;

/// <summary>The solution holds every project, and none that is gone.</summary>
internal sealed partial class SolutionIsComplete : Rule
{
    public override string Name => "solution";

    public override string Remedy => "dotnet sln Platform.sln add (or remove) the project";

    public override IReadOnlyList<Example> Broken =>
    [
        new Example("Platform.sln", string.Empty).And("src/Api/Api.csproj", "<Project />"),
        new("Platform.sln", Line("src\\Gone\\Gone.csproj")),
    ];

    public override IReadOnlyList<Example> Kept =>
        [new Example("Platform.sln", Line("src\\Api\\Api.csproj")).And("src/Api/Api.csproj", "<Project />")];

    public override IEnumerable<Violation> Check(Codebase code)
    {
        var solution = code.Files.FirstOrDefault(file => file.Path is "Platform.sln");
        if (solution is null) return [];
        var listed = ProjectPattern().Matches(solution.Text)
            .Select(match => match.Groups["path"].Value.Replace('\\', '/'))
            .ToHashSet(StringComparer.Ordinal);
        var present = code.Projects.Select(project => project.File.Path).ToHashSet(StringComparer.Ordinal);
        return [
            .. present.Except(listed).Select(path => solution.At(1, $"{path} is not in the solution")),
            .. listed.Except(present).Select(path => solution.At(1, $"{path} is gone")),
        ];
    }

    private static string Line(string path) => $$"""Project("{0}") = "Name", "{{path}}", "{1}" """;

    [GeneratedRegex("\"(?<path>[^\"]+\\.csproj)\"", RegexOptions.CultureInvariant)]
    private static partial Regex ProjectPattern();
}
