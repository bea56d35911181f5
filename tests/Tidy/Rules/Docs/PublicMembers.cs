using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Tally.Tidy.Rules.Docs;

/// <summary>Finds what other assemblies can see.</summary>
internal static class PublicMembers
{
    /// <summary>Every public or protected declaration whose containing types are public, with its name.</summary>
    public static IEnumerable<(MemberDeclarationSyntax Member, string Name)> Of(SourceFile file) =>
        from member in file.Nodes<MemberDeclarationSyntax>()
        where IsVisible(member)
        let name = NameOf(member)
        where name is not null
        select (member, name);

    /// <summary>The name of a declaration; none for what has no name, or takes its meaning from elsewhere.</summary>
    public static string? NameOf(MemberDeclarationSyntax member) => member switch
    {
        BaseTypeDeclarationSyntax type => type.Identifier.Text,
        DelegateDeclarationSyntax type => type.Identifier.Text,
        EnumMemberDeclarationSyntax value => value.Identifier.Text,
        MethodDeclarationSyntax { ExplicitInterfaceSpecifier: null } method => method.Identifier.Text,
        PropertyDeclarationSyntax { ExplicitInterfaceSpecifier: null } property => property.Identifier.Text,
        EventDeclarationSyntax { ExplicitInterfaceSpecifier: null } happening => happening.Identifier.Text,
        BaseFieldDeclarationSyntax field => field.Declaration.Variables[0].Identifier.Text,
        ConstructorDeclarationSyntax constructor => constructor.Identifier.Text,
        IndexerDeclarationSyntax { ExplicitInterfaceSpecifier: null } => "this",
        OperatorDeclarationSyntax operation => operation.OperatorToken.Text,
        ConversionOperatorDeclarationSyntax => "conversion",
        _ => null,
    };

    private static bool IsVisible(MemberDeclarationSyntax member)
    {
        for (SyntaxNode? node = member; node is MemberDeclarationSyntax declared; node = node.Parent)
        {
            if (declared is BaseNamespaceDeclarationSyntax) return true;
            if (!IsVisibleItself(declared)) return false;
        }

        return true;
    }

    private static bool IsVisibleItself(MemberDeclarationSyntax member)
    {
        if (member is EnumMemberDeclarationSyntax) return true;
        if (member.Parent is InterfaceDeclarationSyntax) return !member.Modifiers.Any(SyntaxKind.PrivateKeyword);
        return !member.Modifiers.Any(SyntaxKind.OverrideKeyword)
            && !member.Modifiers.Any(SyntaxKind.PrivateKeyword)
            && (member.Modifiers.Any(SyntaxKind.PublicKeyword) || member.Modifiers.Any(SyntaxKind.ProtectedKeyword));
    }
}
