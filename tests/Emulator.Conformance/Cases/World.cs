namespace Tally.Emulator.Conformance.Cases;

/// <summary>The emulator that a case needs; cases of one world share it, each in an account of its own.</summary>
/// <param name="Rules">The rule set.</param>
/// <param name="Now">What its clock says.</param>
public sealed record World(string Rules, DateTimeOffset Now)
{
    /// <summary>An ordinary afternoon with today's rules.</summary>
    public static World Today { get; } = new("aws-2026", new DateTimeOffset(2026, 11, 23, 10, 30, 0, TimeSpan.Zero));

    /// <summary>The rules of 2020.</summary>
    public static World Of2020 { get; } = Today with { Rules = "aws-2020" };

    /// <summary>What goes wrong on purpose, as JSON; null: nothing.</summary>
    public string? Faults { get; init; }

    /// <summary>What AWS leaves open, as JSON, where it isn't the default; null: all of it is.</summary>
    public string? OpenPoints { get; init; }

    /// <summary>Whether calls must be signed.</summary>
    public bool RequiresSignature { get; init; }
}
