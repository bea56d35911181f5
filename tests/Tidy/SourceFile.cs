using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Tally.Tidy;

/// <summary>A text file of the repository, or a snippet that pretends to be one.</summary>
internal sealed class SourceFile
{
    private static readonly CSharpParseOptions ParseOptions =
        new(LanguageVersion.Latest, DocumentationMode.Parse);

    private readonly Lazy<CompilationUnitSyntax> _unit;
    private readonly Lazy<string[]> _lines;

    public SourceFile(string path, string text)
    {
        Path = path;
        Text = text;
        _lines = new(() => Text.TrimEnd('\n').Split('\n'));
        _unit = new(() => (CompilationUnitSyntax)CSharpSyntaxTree.ParseText(Text, ParseOptions, Path).GetRoot());
    }

    /// <summary>Relative to the repository's root, with forward slashes.</summary>
    public string Path { get; }

    public string Text { get; }

    public IReadOnlyList<string> Lines => _lines.Value;

    /// <summary>The syntax tree; only meaningful for C#.</summary>
    public CompilationUnitSyntax Unit => _unit.Value;

    public bool IsCSharp => Path.EndsWith(".cs", StringComparison.Ordinal);

    public bool IsProject => Path.EndsWith(".csproj", StringComparison.Ordinal);

    public bool IsProduct => Path.StartsWith("src/", StringComparison.Ordinal);

    public bool IsTest => Path.StartsWith("tests/", StringComparison.Ordinal);

    /// <summary>The first two folders, such as <c>src/Domain</c>: the project that the file belongs to.</summary>
    public string Project => string.Join('/', Path.Split('/').SkipLast(1).Take(2));

    public bool IsIn(string project) => string.Equals(Project, project, StringComparison.Ordinal);

    public IEnumerable<T> Nodes<T>()
        where T : SyntaxNode => Unit.DescendantNodes().OfType<T>();

    public Violation At(SyntaxNode node, string what) => new(Path, LineOf(node.SpanStart), what);

    public Violation At(SyntaxToken token, string what) => new(Path, LineOf(token.SpanStart), what);

    public Violation At(int line, string what) => new(Path, line, what);

    public int LineOf(int position) => Unit.SyntaxTree.GetText().Lines.GetLineFromPosition(position).LineNumber + 1;

    /// <summary>
    /// How many lines a node takes, from its first attribute to its end; comments above it do not count.
    /// </summary>
    public int LinesOf(SyntaxNode node) => LineOf(node.Span.End) - LineOf(node.SpanStart) + 1;
}
