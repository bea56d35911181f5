using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Tally.Tidy.Rules.Shape;

/// <summary>
/// A class or record class says whether it may be derived from. <c>src/Marketplace</c> is exempt: its public surface is
/// that of the official AWS package, where people derive from the client and mock it.
/// </summary>
internal sealed class Sealed : FileRule
{
    private static readonly string[] DesignedForInheritance = ["JournalException"];

    public override string Name => "sealed";

    public override string Remedy => "write sealed, static or abstract, on every part of a partial class too";

    public override IReadOnlyList<Example> Broken =>
    [
        Example.Product("public class A { }"),
        Example.Product("public record A(int B);"),
        Example.Product("public sealed class A { private class Inner { } }"),
    ];

    public override IReadOnlyList<Example> Kept =>
    [
        Example.Product("public sealed class A { } static class B { } abstract record C;"),
        Example.Product("record struct A; struct B { } interface IC { }"),
        Example.Product("public partial class Program { }"),
        Example.Product("public class JournalException : Exception { }"),
        new("src/Marketplace/AmazonClient.cs", "public class AmazonClient { }"),
        Example.Test("public class SomeTests { }"),
    ];

    protected override bool Applies(SourceFile file) =>
        file.IsCSharp && file.IsProduct && !file.IsIn("src/Marketplace");

    protected override IEnumerable<Violation> Check(SourceFile file) =>
        from type in file.Nodes<TypeDeclarationSyntax>()
        where type.Kind() is SyntaxKind.ClassDeclaration or SyntaxKind.RecordDeclaration
        where !type.Modifiers.Any(modifier => modifier.Kind()
            is SyntaxKind.SealedKeyword or SyntaxKind.StaticKeyword or SyntaxKind.AbstractKeyword)
        let name = type.Identifier.Text
        where !string.Equals(name, "Program", StringComparison.Ordinal)
            && !DesignedForInheritance.Contains(name, StringComparer.Ordinal)
        select file.At(type, $"{name} is open to inheritance");
}
