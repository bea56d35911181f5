namespace Tally.Tidy.Rules.Projects;

/// <summary>Domain has an empty package list: nothing but the language and the base library.</summary>
internal sealed class DomainPackages : Rule
{
    public override string Name => "domain-packages";

    public override string Remedy => "src/Domain uses no package; put what needs one into the shell that needs it";

    public override IReadOnlyList<Example> Broken =>
    [
        Domain("""<PackageReference Include="Microsoft.Orleans.Sdk" />"""),
        Domain("""<FrameworkReference Include="Microsoft.AspNetCore.App" />"""),
        Domain("""<Reference Include="Other.dll" />"""),
    ];

    public override IReadOnlyList<Example> Kept =>
    [
        Domain(string.Empty),
        new("src/Api/Api.csproj", """<Project><ItemGroup><PackageReference Include="A" /></ItemGroup></Project>"""),
    ];

    public override IEnumerable<Violation> Check(Codebase code) =>
        from project in code.Projects
        where project.File.IsIn("src/Domain")
        from reference in project.Packages.Concat(project.Others)
        select project.File.At(reference.Line, $"Domain -> {reference.Target}");

    private static Example Domain(string item) =>
        new("src/Domain/Domain.csproj", $"<Project><ItemGroup>{item}</ItemGroup></Project>");
}
