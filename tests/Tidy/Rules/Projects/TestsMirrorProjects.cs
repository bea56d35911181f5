namespace Tally.Tidy.Rules.Projects;

/// <summary>Every project of the product has its project of tests, by the same name.</summary>
internal sealed class TestsMirrorProjects : Rule
{
    private const string Empty = "<Project />";

    public override string Name => "tests-mirror-projects";

    public override string Remedy => "src/X is tested by tests/X.Tests, which references it";

    public override IReadOnlyList<Example> Broken =>
    [
        new("src/Api/Api.csproj", Empty),
        new Example("src/Api/Api.csproj", Empty).And("tests/Api.Tests/Api.Tests.csproj", Empty),
    ];

    public override IReadOnlyList<Example> Kept =>
    [
        new Example("src/Api/Api.csproj", Empty).And(
            "tests/Api.Tests/Api.Tests.csproj",
            """<Project><ItemGroup><ProjectReference Include="../../src/Api/Api.csproj" /></ItemGroup></Project>"""),
        new("bench/Bench/Bench.csproj", Empty),
    ];

    public override IEnumerable<Violation> Check(Codebase code)
    {
        var projects = code.Projects.ToList();
        return
            from project in projects
            where project.File.IsProduct
            let tests = projects.Find(other => string.Equals(
                other.File.Path, $"tests/{project.Name}.Tests/{project.Name}.Tests.csproj", StringComparison.Ordinal))
            where tests?.Projects.Any(reference =>
                string.Equals(reference.ProjectName, project.Name, StringComparison.Ordinal)) != true
            select project.File.At(1, tests is null
                ? $"there is no tests/{project.Name}.Tests"
                : $"{tests.File.Path} does not reference it");
    }
}
