namespace Tally.Tidy;

/// <summary>One place where a rule is broken.</summary>
/// <param name="Path">The file, relative to the repository's root, with forward slashes.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="What">What was found there.</param>
internal sealed record Violation(string Path, int Line, string What)
{
    /// <summary>The violation as editors and terminals link it.</summary>
    public override string ToString() => $"{Path}:{Line}: {What}";
}
