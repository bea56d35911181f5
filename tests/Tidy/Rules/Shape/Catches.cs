using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Tally.Tidy.Rules.Shape;

/// <summary>
/// Every catch does something. One that catches everything uses the exception (logs, keeps or wraps it) or throws
/// again.
/// </summary>
internal sealed class Catches : FileRule
{
    public override string Name => "catch";

    public override string Remedy => "handle the exception, or log it, or throw again; nothing is swallowed";

    public override IReadOnlyList<Example> Broken =>
    [
        Example.Product("class A { void M() { try { } catch (IOException) { } } }"),
        Example.Product("class A { void M() { try { } catch (IOException) { /* never mind */ } } }"),
        Example.Product("class A { bool M() { try { return true; } catch { return false; } } }"),
        Example.Product("class A { bool M() { try { return true; } catch (Exception e) { return false; } } }"),
    ];

    public override IReadOnlyList<Example> Kept =>
    [
        Example.Product("class A { bool M() { try { return true; } catch (IOException) { return false; } } }"),
        Example.Product("class A { void M() { try { } catch (Exception e) { Failed(e); } } }"),
        Example.Product("class A { void M() { try { } catch { Undo(); throw; } } }"),
        Example.Product("class A { void M() { try { } catch (Exception e) when (Log(e)) { Undo(); } } }"),
        Example.Test("class A { void M() { try { } catch (IOException) { } } }"),
    ];

    protected override bool Applies(SourceFile file) => file.IsCSharp && file.IsProduct;

    protected override IEnumerable<Violation> Check(SourceFile file)
    {
        foreach (var clause in file.Nodes<CatchClauseSyntax>())
        {
            if (clause.Block.Statements.Count == 0)
                yield return file.At(clause, "an empty catch");
            else if (CatchesEverything(clause) && !Throws(clause) && !Uses(clause))
                yield return file.At(clause, "catches everything and forgets it");
        }
    }

    private static bool CatchesEverything(CatchClauseSyntax clause) =>
        clause.Declaration is null || clause.Declaration.Type.ToString() is "Exception" or "System.Exception";

    private static bool Throws(CatchClauseSyntax clause) =>
        clause.Block.DescendantNodes().Any(node => node is ThrowStatementSyntax or ThrowExpressionSyntax);

    private static bool Uses(CatchClauseSyntax clause)
    {
        var name = clause.Declaration?.Identifier.Text;
        IEnumerable<SyntaxNode?> read = [clause.Filter, clause.Block];
        return name is { Length: > 0 }
            && read.OfType<SyntaxNode>().SelectMany(node => node.DescendantNodes()).OfType<IdentifierNameSyntax>()
                .Any(identifier => string.Equals(identifier.Identifier.Text, name, StringComparison.Ordinal));
    }
}
