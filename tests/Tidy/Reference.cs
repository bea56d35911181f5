namespace Tally.Tidy;

/// <summary>One reference of a project to another or to a package.</summary>
/// <param name="Target">What its <c>Include</c> says.</param>
/// <param name="Line">Where it stands, from 1.</param>
/// <param name="Settings">The names of its attributes and inner elements.</param>
internal sealed record Reference(string Target, int Line, IReadOnlyList<string> Settings)
{
    /// <summary>The name of the project that is meant, when it is a project.</summary>
    public string ProjectName => Path.GetFileNameWithoutExtension(Target);
}
