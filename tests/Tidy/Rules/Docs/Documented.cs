using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Tally.Tidy.Rules.Docs;

/// <summary>
/// Every public type and member of the product is documented, a record's parameters too, in words that say more than
/// its name.
/// </summary>
internal sealed class Documented : FileRule
{
    private const string Said = "/// <summary>Counts.</summary>\n";

    public override string Name => "documented";

    public override string Remedy =>
        "give the meaning, unit, range and errors in an XML summary (or inheritdoc) that says more than the name does";

    public override IReadOnlyList<Example> Broken =>
    [
        Example.Product("public sealed class A { }"),
        Example.Product("/// <summary>Represents a product code.</summary>\npublic sealed class ProductCode { }"),
        Example.Product("/// <summary></summary>\npublic sealed class A { }"),
        Example.Product("/// <remarks>Counts twice.</remarks>\npublic sealed class A { }"),
        Example.Product(Said + "public class A {\npublic int B { get; } }"),
        Example.Product(Said + "public class A {\n/// <summary>Gets the B.</summary>\npublic int B { get; } }"),
        Example.Product(Said + "public interface IA {\nvoid B(); }"),
        Example.Product(Said + "public enum A {\nB }"),
        Example.Product(Said + "public record A(int B);"),
        Example.Product(Said + "/// <param name=\"B\">The b.</param>\npublic record A(int B);"),
    ];

    public override IReadOnlyList<Example> Kept =>
    [
        Example.Product("class A { public int B; } public sealed partial class Program { }"),
        Example.Product(Said + "public class A { int _b; private int C() => 1; internal int D; }"),
        Example.Product("/// <inheritdoc/>\npublic class A : B { }"),
        Example.Product(Said + "public class A : B { public override int D() => 1; int IB.E() => 2; }"),
        Example.Product(Said + "/// <param name=\"B\">How many.</param>\npublic record A(int B);"),
        Example.Product(Said + "public sealed partial class A { }")
            .And("src/Grains/Snippet.Log.cs", "public sealed partial class A { }"),
        Example.Test("public sealed class A { }"),
    ];

    protected override bool Applies(SourceFile file) => file.IsCSharp && file.IsProduct;

    protected override IEnumerable<Violation> Check(SourceFile file)
    {
        foreach (var (member, name) in PublicMembers.Of(file).Where(found => !IsFurtherPart(file, found.Member)))
        {
            var documentation = Documentation.Of(member);
            if (documentation.IsInherited) continue;
            if (Complaint(documentation.Summary, [name, OwnerOf(member)]) is { } complaint)
                yield return file.At(member, $"{name}: {complaint}");
            else if (member is RecordDeclarationSyntax { ParameterList: { } parameters })
            {
                foreach (var parameter in parameters.Parameters.Select(parameter => parameter.Identifier.Text))
                {
                    if (Complaint(documentation.Parameter(parameter), [parameter]) is { } lack)
                        yield return file.At(member, $"{name}({parameter}): {lack}");
                }
            }
        }
    }

    private static string? Complaint(string? text, IEnumerable<string> names) =>
        string.IsNullOrWhiteSpace(text) ? "nothing is said"
        : Triviality.SaysNothing(text, names) ? $"'{text}' only repeats the name"
        : null;

    private static string OwnerOf(MemberDeclarationSyntax member) =>
        member.Parent is MemberDeclarationSyntax owner and not BaseNamespaceDeclarationSyntax
            ? PublicMembers.NameOf(owner) ?? string.Empty
            : string.Empty;

    // The part of a partial type that the file is named after is documented; X.Log.cs and its like need not repeat it.
    private static bool IsFurtherPart(SourceFile file, MemberDeclarationSyntax member) =>
        member is TypeDeclarationSyntax type
        && type.Modifiers.Any(modifier => string.Equals(modifier.Text, "partial", StringComparison.Ordinal))
        && (Path.GetFileName(file.Path).Split('.').Length > 2
            || string.Equals(type.Identifier.Text, "Program", StringComparison.Ordinal));
}
