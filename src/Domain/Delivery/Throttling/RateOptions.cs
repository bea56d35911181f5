namespace Tally.Domain.Delivery.Throttling;

/// <summary>How a rate is found that nobody tells: where it starts, how it grows and how it is cut.</summary>
/// <remarks>
/// Growth is counted in accepted calls rather than in time, so that the same numbers serve a limit of one call in
/// five seconds and one of hundreds a second; a least time keeps it from running ahead of the answers.
/// </remarks>
public sealed record RateOptions
{
    /// <summary>The rate before anything is known, in calls a second; from Least to Most. The default is 2.</summary>
    public double First { get; init; } = 2;

    /// <summary>
    /// The rate below which no refusal pushes, in calls a second; from 0.001 to 1. The default is 0.1, one call in 10
    /// seconds. Below it only waiting helps, which backoff does. Less means a slower return after long refusal.
    /// </summary>
    public double Least { get; init; } = 0.1;

    /// <summary>
    /// The rate that is never exceeded, in calls a second; from 1 to 10,000. The default is 1,000. AWS's quota is
    /// 10, but may be raised for an account.
    /// </summary>
    public double Most { get; init; } = 1_000;

    /// <summary>
    /// What is left of the rate after a congestion event, on average; a fraction from 0.4 to 0.95. The default is
    /// 0.8. Half, as in the textbook, would leave a quarter of the quota unused.
    /// </summary>
    public double CutFactor { get; init; } = 0.8;

    /// <summary>
    /// How many accepted calls bring the rate back to where it was cut, at least; 5 to 1,000. The default is 20.
    /// Fewer means more refusals, more means a slower return.
    /// </summary>
    public int RecoveryCalls { get; init; } = 20;

    /// <summary>
    /// How long the same takes at least; from 100 milliseconds to 10 minutes. The default is 10 seconds. It should
    /// be several times as long as AWS takes to answer.
    /// </summary>
    public TimeSpan RecoveryTime { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How many accepted calls multiply an untried rate by e, at least; 2 to 1,000. The default is 8.
    /// </summary>
    public int ProbingCalls { get; init; } = 8;

    /// <summary>
    /// How long the same takes at least; from 100 milliseconds to 10 minutes. The default is 4 seconds.
    /// </summary>
    public TimeSpan ProbingTime { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>Finds everything that is wrong with the options.</summary>
    /// <returns>Each mistake as a sentence; none when they can be used.</returns>
    public IReadOnlyList<string> Mistakes()
    {
        var found = new OptionMistakes();
        found.Within(nameof(Least), Least, 0.001, 1);
        found.Within(nameof(Most), Most, 1, 10_000);
        found.Within(nameof(First), First, Least, Most);
        found.Within(nameof(CutFactor), CutFactor, 0.4, 0.95);
        found.Within(nameof(RecoveryCalls), RecoveryCalls, 5, 1_000);
        found.Within(nameof(RecoveryTime), RecoveryTime, TimeSpan.FromSeconds(0.1), TimeSpan.FromMinutes(10));
        found.Within(nameof(ProbingCalls), ProbingCalls, 2, 1_000);
        found.Within(nameof(ProbingTime), ProbingTime, TimeSpan.FromSeconds(0.1), TimeSpan.FromMinutes(10));
        return found.All;
    }
}
