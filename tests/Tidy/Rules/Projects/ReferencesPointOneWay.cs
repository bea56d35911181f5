namespace Tally.Tidy.Rules.Projects;

/// <summary>Which project of the product may use which; the list is short, and it is the architecture.</summary>
internal sealed class ReferencesPointOneWay : Rule
{
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["Domain"] = [],
        ["Contracts"] = ["Domain"],
        ["Journal"] = ["Domain"],
        ["Postgres"] = [],
        ["Ledger"] = ["Contracts", "Journal", "Domain", "Postgres"],
        ["Marketplace"] = [],
        ["Grains"] = ["Contracts", "Journal", "Marketplace", "Domain"],
        ["Settings"] = [],
        ["Api"] = ["Contracts", "Domain", "Ledger", "Settings"],
        ["Silo"] = ["Grains", "Ledger", "Settings"],
        ["Client"] = [],
        ["Emulator"] = [],
        ["Emulator.Xunit"] = ["Emulator"],
        ["Standalone"] = ["Api", "Silo", "Emulator", "Settings"],
    };

    public override string Name => "references";

    public override string Remedy =>
        "references point one way: "
        + string.Join("; ", Allowed.Select(entry =>
            $"{entry.Key} -> {(entry.Value.Length == 0 ? "nothing of ours" : string.Join(", ", entry.Value))}"));

    public override IReadOnlyList<Example> Broken =>
    [
        Project("Api", "Grains"),
        Project("Domain", "Contracts"),
        Project("Emulator", "Domain"),
        Project("Marketplace", "Domain"),
        Project("Silo", "Api"),
        Project("Client", "Contracts"),
        Project("Reports", "Domain"),
        new("src/Grains/Grains.csproj", Xml("../../tests/Grains.Tests/Grains.Tests.csproj")),
        new("tests/A.Tests/A.Tests.csproj", Xml("../B.Tests/B.Tests.csproj")),
    ];

    public override IReadOnlyList<Example> Kept =>
    [
        Project("Api", "Contracts"),
        Project("Grains", "Journal"),
        Project("Standalone", "Emulator"),
        new("tests/Grains.Tests/Grains.Tests.csproj", Xml("../../src/Silo/Silo.csproj")),
        new("tests/EndToEnd/EndToEnd.csproj", Xml("../../samples/Embedded/Embedded.csproj")),
        new("bench/Bench/Bench.csproj", Xml("../../src/Standalone/Standalone.csproj")),
    ];

    public override IEnumerable<Violation> Check(Codebase code) =>
        code.Projects.SelectMany(project => project.File.IsProduct ? CheckProduct(project) : CheckOthers(project));

    private static IEnumerable<Violation> CheckProduct(ProjectFile project)
    {
        if (!Allowed.TryGetValue(project.Name, out var targets))
            return [project.File.At(1, $"{project.Name} is not in the list of projects")];
        return
            from reference in project.Projects
            where !targets.Contains(reference.ProjectName, StringComparer.Ordinal)
            select project.File.At(reference.Line, $"{project.Name} -> {reference.ProjectName}");
    }

    private static IEnumerable<Violation> CheckOthers(ProjectFile project) =>
        from reference in project.Projects
        where !reference.Target.Contains("/src/", StringComparison.Ordinal)
            && !reference.Target.Contains("/samples/", StringComparison.Ordinal)
        select project.File.At(reference.Line, $"{project.Name} -> {reference.Target}");

    private static Example Project(string from, string to) =>
        new($"src/{from}/{from}.csproj", Xml($"../{to}/{to}.csproj"));

    private static string Xml(string target) =>
        $"""<Project><ItemGroup><ProjectReference Include="{target}" /></ItemGroup></Project>""";
}
