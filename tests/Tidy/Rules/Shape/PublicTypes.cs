using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Tally.Tidy.Rules.Shape;

/// <summary>
/// One public type per file, which the file is named after. Small ones may keep it company: records, enums, delegates
/// and exceptions under 40 lines, and a converter beside the surrogate that it converts.
/// </summary>
internal sealed class PublicTypes : FileRule
{
    private const int CompanionLinesMax = 40;

    public override string Name => "one-public-type";

    public override string Remedy =>
        "a file has one public type and its name; only small records, enums, delegates and exceptions may share it";

    public override IReadOnlyList<Example> Broken =>
    [
        Example.Product("public class Snippet { } public class B { }"),
        Example.Product("public class Snippet { } public interface IB { }"),
        Example.Product($"public class Snippet {{ }} public record B {{ {new string('\n', 40)} }}"),
        Example.Product("namespace N; public enum Other { }"),
    ];

    public override IReadOnlyList<Example> Kept =>
    [
        Example.Product("public class Snippet { } class B { }"),
        Example.Product("public class Snippet { } public enum B { } public record C; public delegate void D();"),
        Example.Product("public class Snippet { } public sealed class BadException : Exception { }"),
        Example.Product("public record A; public record SnippetCause;"),
        Example.Product("public struct Snippet { } [RegisterConverter] public sealed class SnippetConverter { }"),
        Example.Product("partial class Snippet { } public partial class Snippet { }"),
        Example.Test("public class SnippetTests { } public class MoreTests { }"),
    ];

    protected override bool Applies(SourceFile file) => file.IsCSharp && file.IsProduct;

    protected override IEnumerable<Violation> Check(SourceFile file)
    {
        var types = Types(file.Unit).Where(IsPublic).DistinctBy(NameOf, StringComparer.Ordinal).ToList();
        if (types.Count == 0) yield break;
        var large = types.Where(type => !IsCompanion(file, type)).ToList();
        foreach (var type in large.Skip(1))
            yield return file.At(type, $"{NameOf(type)} beside {NameOf(large[0])}");
        var fileName = Path.GetFileName(file.Path).Split('.', '{', '`')[0];
        if (!types.Any(type => NamesTheFile(type, fileName)))
            yield return file.At(types[0], $"{fileName} is not the name of {NameOf(types[0])}");
    }

    private static IEnumerable<MemberDeclarationSyntax> Types(CompilationUnitSyntax unit) =>
        unit.Members.Concat(unit.Members.OfType<BaseNamespaceDeclarationSyntax>().SelectMany(space => space.Members))
            .Where(member => member is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax);

    private static bool IsPublic(MemberDeclarationSyntax type) => type.Modifiers.Any(SyntaxKind.PublicKeyword);

    private static string NameOf(MemberDeclarationSyntax type) =>
        type is BaseTypeDeclarationSyntax declared
            ? declared.Identifier.Text
            : ((DelegateDeclarationSyntax)type).Identifier.Text;

    // A family of records is filed under the word that begins, or ends, their names.
    private static bool NamesTheFile(MemberDeclarationSyntax type, string fileName)
    {
        var name = NameOf(type);
        var stem = fileName.EndsWith('s') ? fileName[..^1] : fileName;
        return name.StartsWith(stem, StringComparison.Ordinal) || name.EndsWith(stem, StringComparison.Ordinal);
    }

    private static bool IsCompanion(SourceFile file, MemberDeclarationSyntax type) =>
        file.LinesOf(type) < CompanionLinesMax
        && (type is RecordDeclarationSyntax or EnumDeclarationSyntax or DelegateDeclarationSyntax
            || NameOf(type).EndsWith("Exception", StringComparison.Ordinal)
            || type.AttributeLists.SelectMany(list => list.Attributes).Any(IsConverter));

    private static bool IsConverter(AttributeSyntax attribute) => attribute.Name.ToString() is "RegisterConverter";
}
