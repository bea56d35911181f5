using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Tally.Tidy.Rules.Docs;

/// <summary>Every property of a type that ends in Options says what its default is, or that there is none.</summary>
internal sealed class OptionDefaults : FileRule
{
    public override string Name => "option-defaults";

    public override string Remedy =>
        "state the default (or that it is required), the unit, the range and the consequence";

    public override IReadOnlyList<Example> Broken =>
    [
        Example.Product("class AOptions {\n/// <summary>How long.</summary>\npublic int B { get; set; } }"),
        Example.Product("class AOptions {\npublic int B { get; init; } }"),
        Example.Product("/// <param name=\"B\">How long.</param>\nrecord AOptions(int B);"),
    ];

    public override IReadOnlyList<Example> Kept =>
    [
        Example.Product("class AOptions {\n/// <summary>Default: 5 s.</summary>\npublic int B { get; set; } }"),
        Example.Product("class AOptions {\n/// <summary>Where; required.</summary>\npublic string? B { get; set; } }"),
        Example.Product("class AOptions { public int B => 1; internal int D { get; set; } }"),
        Example.Product("class Other { public int B { get; set; } }"),
        Example.Product("/// <param name=\"B\">How long; the default is 5 s.</param>\nrecord AOptions(int B = 5);"),
    ];

    protected override bool Applies(SourceFile file) => file.IsCSharp && file.IsProduct;

    protected override IEnumerable<Violation> Check(SourceFile file)
    {
        foreach (var type in file.Nodes<TypeDeclarationSyntax>().Where(IsOptions))
        {
            foreach (var property in type.Members.OfType<PropertyDeclarationSyntax>().Where(IsSettable))
            {
                if (!StatesDefault(Documentation.Of(property).Text))
                    yield return file.At(property, Complaint(type, property.Identifier.Text));
            }

            if (type is not RecordDeclarationSyntax { ParameterList: { } parameters }) continue;
            foreach (var name in parameters.Parameters.Select(parameter => parameter.Identifier.Text))
            {
                if (!StatesDefault(Documentation.Of(type).Parameter(name)))
                    yield return file.At(type, Complaint(type, name));
            }
        }
    }

    private static string Complaint(TypeDeclarationSyntax type, string property) =>
        $"{type.Identifier}.{property} does not state its default";

    private static bool IsOptions(TypeDeclarationSyntax type) =>
        type.Identifier.Text.EndsWith("Options", StringComparison.Ordinal);

    private static bool IsSettable(PropertyDeclarationSyntax property) =>
        property.Modifiers.Any(SyntaxKind.PublicKeyword)
        && !property.Modifiers.Any(SyntaxKind.StaticKeyword)
        && property.AccessorList?.Accessors.Any(accessor =>
            accessor.Kind() is SyntaxKind.SetAccessorDeclaration or SyntaxKind.InitAccessorDeclaration) == true;

    private static bool StatesDefault(string? text) =>
        text is not null
        && (text.Contains("default", StringComparison.OrdinalIgnoreCase)
            || text.Contains("required", StringComparison.OrdinalIgnoreCase));
}
