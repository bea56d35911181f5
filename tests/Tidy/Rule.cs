namespace Tally.Tidy;

/// <summary>
/// One rule of the house style: a pure function from files to the places where it is broken, together with the
/// snippets that prove that it can find something, and that it leaves alone what is right.
/// </summary>
internal abstract class Rule
{
    /// <summary>The rule's name, as messages and the ratchet write it.</summary>
    public abstract string Name { get; }

    /// <summary>What somebody who broke the rule is to do.</summary>
    public abstract string Remedy { get; }

    /// <summary>Snippets that each break the rule exactly once.</summary>
    public abstract IReadOnlyList<Example> Broken { get; }

    /// <summary>Snippets that come near to breaking the rule and do not.</summary>
    public abstract IReadOnlyList<Example> Kept { get; }

    /// <summary>Every place where the rule is broken.</summary>
    public abstract IEnumerable<Violation> Check(Codebase code);
}
