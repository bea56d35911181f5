using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Tally.Tidy.Rules.Shape;

/// <summary>No folder or type has a name that says nothing, for it collects whatever has no place.</summary>
internal sealed class TypeAndFolderNames : Rule
{
    private static readonly string[] Empty =
        ["Common", "Util", "Utils", "Utility", "Utilities", "Helper", "Helpers", "Manager", "Managers", "Misc",
         "Service", "Services"];

    private static readonly string[] EmptyEndings =
        ["Util", "Utils", "Utility", "Utilities", "Helper", "Helpers", "Manager", "Managers"];

    public override string Name => "empty-names";

    public override string Remedy => "name the folder or type after what it knows or does, in the words of the design";

    public override IReadOnlyList<Example> Broken =>
    [
        Example.Product("static class TimeHelper { }"),
        Example.Product("interface IBatchManager { }"),
        Example.Product("static class Utils { }"),
        new("src/Grains/Common/Batch.cs", "class Batch { }"),
        new("tests/Grains.Tests/Helpers/Batch.cs", "class Batch { }"),
    ];

    public override IReadOnlyList<Example> Kept =>
        [Example.Product("class Commons { } class UsageService { } class Managerial { }")];

    public override IEnumerable<Violation> Check(Codebase code) => Folders(code).Concat(code.CSharp.SelectMany(Types));

    private static IEnumerable<Violation> Folders(Codebase code) =>
        from file in code.Files
        from folder in file.Path.Split('/').SkipLast(1)
        where Empty.Contains(folder, StringComparer.OrdinalIgnoreCase)
        group file by folder into files
        select files.First().At(1, $"folder {files.Key}");

    private static IEnumerable<Violation> Types(SourceFile file) =>
        from type in file.Nodes<BaseTypeDeclarationSyntax>()
        let name = type.Identifier.Text
        where Empty.Contains(name, StringComparer.Ordinal)
            || EmptyEndings.Any(ending => name.EndsWith(ending, StringComparison.Ordinal))
        select file.At(type, $"type {name}");
}
