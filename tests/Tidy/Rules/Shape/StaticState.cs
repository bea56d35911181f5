using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Tally.Tidy.Rules.Shape;

/// <summary>
/// Nothing static changes: no static fields or settable properties, and no static collections that can be added to.
/// </summary>
internal sealed class StaticState : FileRule
{
    private static readonly string[] MutableCollections =
        ["ConcurrentDictionary", "ConcurrentQueue", "ConcurrentBag", "Dictionary", "HashSet", "List", "Queue", "Stack",
         "SortedDictionary", "SortedSet", "StringBuilder", "MemoryCache"];

    public override string Name => "static-state";

    public override string Remedy =>
        "make it readonly and frozen (FrozenDictionary, ImmutableArray), or a field of the object whose state it is";

    public override IReadOnlyList<Example> Broken =>
    [
        Example.Product("class A { static int _count; }"),
        Example.Product("class A { [ThreadStatic] private static byte[] _buffer; }"),
        Example.Product("class A { public static int Count { get; private set; } }"),
        Example.Product("class A { static readonly Dictionary<string, int> Seen = new(); }"),
        Example.Product("class A { static readonly System.Collections.Generic.List<string> Seen = []; }"),
    ];

    public override IReadOnlyList<Example> Kept =>
    [
        Example.Product("class A { static readonly int B = 1; const int C = 2; int _d; public static int E { get; } }"),
        Example.Product("class A { static readonly FrozenDictionary<string, int> B = Make(); static int F => 1; }"),
        Example.Test("class A { static int _count; }"),
    ];

    protected override bool Applies(SourceFile file) => file.IsCSharp && file.IsProduct;

    protected override IEnumerable<Violation> Check(SourceFile file) =>
        Fields(file).Concat(Properties(file));

    private static IEnumerable<Violation> Fields(SourceFile file) =>
        from field in file.Nodes<FieldDeclarationSyntax>()
        where field.Modifiers.Any(SyntaxKind.StaticKeyword)
        where !field.Modifiers.Any(SyntaxKind.ReadOnlyKeyword) || IsMutableCollection(field.Declaration.Type)
        select file.At(field, $"static {field.Declaration} can change");

    private static IEnumerable<Violation> Properties(SourceFile file) =>
        from property in file.Nodes<PropertyDeclarationSyntax>()
        where property.Modifiers.Any(SyntaxKind.StaticKeyword)
        from accessor in property.AccessorList?.Accessors ?? []
        where accessor.IsKind(SyntaxKind.SetAccessorDeclaration)
        select file.At(property, $"static {property.Identifier} can be set");

    private static bool IsMutableCollection(TypeSyntax type)
    {
        var last = type is QualifiedNameSyntax qualified ? qualified.Right : type;
        return last is SimpleNameSyntax name
            && MutableCollections.Contains(name.Identifier.Text, StringComparer.Ordinal);
    }
}
