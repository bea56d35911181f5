using System.Xml.Linq;

namespace Tally.Tidy;

/// <summary>What the rules want to know of a <c>.csproj</c>.</summary>
/// <param name="File">The file itself.</param>
/// <param name="Projects">Its references to other projects.</param>
/// <param name="Packages">Its references to packages.</param>
/// <param name="Others">Its references to frameworks and files.</param>
internal sealed record ProjectFile(
    SourceFile File,
    IReadOnlyList<Reference> Projects,
    IReadOnlyList<Reference> Packages,
    IReadOnlyList<Reference> Others)
{
    /// <summary>The project's name, which is its file's.</summary>
    public string Name => System.IO.Path.GetFileNameWithoutExtension(File.Path);

    public static ProjectFile Read(SourceFile file)
    {
        var xml = XDocument.Parse(file.Text, LoadOptions.SetLineInfo);
        return new(
            file,
            [.. References(xml, "ProjectReference")],
            [.. References(xml, "PackageReference")],
            [.. References(xml, "FrameworkReference"), .. References(xml, "Reference")]);
    }

    private static IEnumerable<Reference> References(XDocument xml, string element) =>
        from item in xml.Descendants(element)
        let target = ((string?)item.Attribute("Include") ?? (string?)item.Attribute("Update") ?? string.Empty)
        select new Reference(
            target.Replace('\\', '/'),
            ((System.Xml.IXmlLineInfo)item).LineNumber,
            [.. item.Attributes().Select(attribute => attribute.Name.LocalName),
             .. item.Elements().Select(child => child.Name.LocalName)]);
}
