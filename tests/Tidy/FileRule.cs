namespace Tally.Tidy;

/// <summary>A rule that looks at one file at a time.</summary>
internal abstract class FileRule : Rule
{
    /// <summary>Whether the rule holds for a file at all.</summary>
    protected abstract bool Applies(SourceFile file);

    /// <summary>Every place in one file where the rule is broken.</summary>
    protected abstract IEnumerable<Violation> Check(SourceFile file);

    public sealed override IEnumerable<Violation> Check(Codebase code) => code.Files.Where(Applies).SelectMany(Check);
}
