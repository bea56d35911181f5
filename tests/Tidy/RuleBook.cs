using Tally.Tidy.Rules.Docs;
using Tally.Tidy.Rules.Logs;
using Tally.Tidy.Rules.Projects;
using Tally.Tidy.Rules.Shape;
using Tally.Tidy.Rules.Sizes;
using Tally.Tidy.Rules.Tests;
using Tally.Tidy.Rules.Time;
using Tally.Tidy.Rules.Words;

namespace Tally.Tidy;

/// <summary>The house style: every rule there is.</summary>
internal static class RuleBook
{
    public static IReadOnlyList<Rule> All { get; } =
    [
        new ReferencesPointOneWay(),
        new DomainPackages(),
        new TestsMirrorProjects(),
        new SolutionIsComplete(),
        new CentralVersions(),
        new DomainPurity(),
        new WallClock(),
        new AsyncVoid(),
        new Blocking(),
        new Catches(),
        new PublicTypes(),
        new Sealed(),
        new StaticState(),
        new Suppressions(),
        new TypeAndFolderNames(),
        new FileLength(),
        new LineLength(),
        new MethodLength(),
        new ParameterCount(),
        new Documented(),
        new OptionDefaults(),
        new DirectLogging(),
        new EventIds(),
        new SkippedTests(),
        new StatusesTested(),
        new WaitingTests(),
        new CommentedOutCode(),
        new ForeignWords(),
        new Leftovers(),
        new Links(),
    ];

    /// <exception cref="ArgumentException">There is no rule of that name.</exception>
    public static Rule Named(string name) =>
        All.FirstOrDefault(rule => string.Equals(rule.Name, name, StringComparison.Ordinal))
        ?? throw new ArgumentException($"There is no rule '{name}'.", nameof(name));
}
