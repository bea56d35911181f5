using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Tally.Tidy.Rules.Docs;

/// <summary>The XML documentation of a declaration, as the rules read it.</summary>
internal sealed class Documentation
{
    private readonly XElement? _xml;

    private Documentation(XElement? xml) => _xml = xml;

    public bool Exists => _xml is not null;

    public bool IsInherited => _xml?.Descendants("inheritdoc").Any() == true;

    /// <summary>The summary's words, with the last part of what it refers to in place of each reference.</summary>
    public string? Summary => TextOf("summary", null);

    /// <summary>Everything that is said, without tags.</summary>
    public string Text => _xml is null ? string.Empty : Plain(_xml);

    /// <summary>What is said of one parameter, or nothing.</summary>
    public string? Parameter(string name) => TextOf("param", name);

    public static Documentation Of(SyntaxNode declaration)
    {
        var lines = declaration.GetLeadingTrivia()
            .Where(trivia => trivia.IsKind(SyntaxKind.SingleLineDocumentationCommentTrivia))
            .SelectMany(trivia => trivia.ToFullString().Split('\n'))
            .Select(line => line.Trim().TrimStart('/'));
        var text = string.Join('\n', lines);
        if (text.Trim().Length == 0) return new(null);
        try
        {
            return new(XElement.Parse($"<doc>{text}</doc>"));
        }
        catch (System.Xml.XmlException)
        {
            // The compiler reports what is not well-formed.
            return new(null);
        }
    }

    private string? TextOf(string element, string? name) =>
        _xml?.Elements(element).FirstOrDefault(found => name is null || IsNamed(found, name)) is { } chosen
            ? Plain(chosen)
            : null;

    private static bool IsNamed(XElement element, string name) =>
        string.Equals((string?)element.Attribute("name"), name, StringComparison.Ordinal);

    private static string Plain(XElement element) => string.Concat(element.Nodes().Select(node => node switch
    {
        XText text => text.Value,
        XElement { IsEmpty: true } reference => $" {LastPart(reference)} ",
        XElement inner => Plain(inner),
        _ => string.Empty,
    })).Trim();

    private static string LastPart(XElement reference)
    {
        var target = (string?)reference.Attribute("cref") ?? (string?)reference.Attribute("name")
            ?? (string?)reference.Attribute("langword") ?? string.Empty;
        return target.Split('.', '{', '(')[^1];
    }
}
