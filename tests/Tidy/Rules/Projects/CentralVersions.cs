using System.Xml.Linq;

namespace Tally.Tidy.Rules.Projects;

/// <summary>Versions of packages stand in one file, and what the product uses is released.</summary>
internal sealed class CentralVersions : Rule
{
    private const string CentralFile = "Directory.Packages.props";

    private static readonly string[] OwnVersion = ["Version", "VersionOverride"];

    public override string Name => "central-versions";

    public override string Remedy =>
        $"write the version in {CentralFile} alone, and a released one (without a hyphen) for what src uses";

    public override IReadOnlyList<Example> Broken =>
    [
        new("src/Api/Api.csproj", Uses("""<PackageReference Include="A" Version="1.0.0" />""")),
        new("src/Api/Api.csproj", Uses("""<PackageReference Include="A" VersionOverride="1.0.0" />""")),
        new("tests/A/A.csproj", Uses("""<PackageReference Include="A"><Version>1.0.0</Version></PackageReference>""")),
        new Example("src/Api/Api.csproj", Uses("""<PackageReference Include="A" />"""))
            .And(CentralFile, Uses("""<PackageVersion Include="A" Version="2.0.0-rc.1" />""")),
    ];

    public override IReadOnlyList<Example> Kept =>
    [
        new Example("src/Api/Api.csproj", Uses("""<PackageReference Include="A" PrivateAssets="all" />"""))
            .And(CentralFile, Uses("""<PackageVersion Include="A" Version="2.0.0" />""")),
        new Example("tests/T/T.csproj", Uses("""<PackageReference Include="A" />"""))
            .And(CentralFile, Uses("""<PackageVersion Include="A" Version="2.0.0-rc.1" />""")),
    ];

    public override IEnumerable<Violation> Check(Codebase code)
    {
        var projects = code.Projects.ToList();
        var used = projects.Where(project => project.File.IsProduct).SelectMany(project => project.Packages)
            .Select(package => package.Target).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var own =
            from project in projects
            from package in project.Packages
            where package.Settings.Intersect(OwnVersion, StringComparer.Ordinal).Any()
            select project.File.At(package.Line, $"{package.Target} with a version of its own");
        var unreleased =
            from file in code.Files
            where string.Equals(file.Path, CentralFile, StringComparison.Ordinal)
            from version in XDocument.Parse(file.Text, LoadOptions.SetLineInfo).Descendants("PackageVersion")
            let name = (string?)version.Attribute("Include") ?? string.Empty
            where used.Contains(name)
                && ((string?)version.Attribute("Version"))?.Contains('-', StringComparison.Ordinal) != false
            select file.At(((System.Xml.IXmlLineInfo)version).LineNumber, $"{name} is not released");
        return own.Concat(unreleased);
    }

    private static string Uses(string item) => $"<Project><ItemGroup>{item}</ItemGroup></Project>";
}
