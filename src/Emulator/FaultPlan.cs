namespace Tally.Emulator;

/// <summary>
/// What goes wrong on purpose. Fractions are from 0 (never) to 1 (always). The same plan makes the same calls fail,
/// counted from the moment it is set.
/// </summary>
public sealed record FaultPlan
{
    /// <summary>The share of calls refused with <c>ThrottlingException</c>; nothing of them is stored.</summary>
    public double Throttle { get; init; }

    /// <summary>The share of calls that end in <c>InternalServiceErrorException</c>; nothing is stored.</summary>
    public double Error500 { get; init; }

    /// <summary>The share of records left in <c>UnprocessedRecords</c>, not stored.</summary>
    public double Unprocessed { get; init; }

    /// <summary>The share of calls that are carried out, and whose connection is then cut without an answer.</summary>
    public double DropAfterAccept { get; init; }

    /// <summary>How long every call waits before it is looked at: 0 to 600000 milliseconds.</summary>
    public int LatencyMs { get; init; }

    /// <summary>Where the sequence of chances starts; any number.</summary>
    public long Seed { get; init; }

    /// <summary>Every mistake in this plan, each as a sentence.</summary>
    internal IReadOnlyList<string> Mistakes()
    {
        var fractions = new (string Name, double Value)[]
        {
            ("throttle", Throttle), ("error500", Error500), ("unprocessed", Unprocessed),
            ("dropAfterAccept", DropAfterAccept),
        };
        var mistakes = fractions.Where(fraction => fraction.Value is not (>= 0 and <= 1))
            .Select(fraction => $"{fraction.Name} is {fraction.Value}; it must be a fraction from 0 to 1.").ToList();
        if (LatencyMs is < 0 or > 600_000) mistakes.Add($"latencyMs is {LatencyMs}; it must be 0 to 600000.");
        return mistakes;
    }
}
