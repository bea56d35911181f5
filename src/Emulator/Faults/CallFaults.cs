using Tally.Emulator.Rules;

namespace Tally.Emulator.Faults;

/// <summary>What the plan does to one call.</summary>
/// <param name="Plan">The plan.</param>
/// <param name="Call">The call's number since the plan was set, from 0.</param>
/// <param name="IsOverQuota">Whether its account has called too often.</param>
internal readonly record struct CallFaults(FaultPlan Plan, long Call, bool IsOverQuota = false)
{
    // What is decided has a number of its own; records come after these.
    private const int ThrottleLane = 0;
    private const int ErrorLane = 1;
    private const int LoseAnswerLane = 2;
    private const int RecordLanes = 3;
    private const int DropLane = -1;
    private const int TimeoutLane = -2;
    private const int JitterLane = -3;

    /// <summary>No faults at all.</summary>
    public static CallFaults None { get; } = new(new FaultPlan(), 0);

    /// <summary>Whether the plan is about this call at all.</summary>
    public bool IsMeant => Call >= Plan.After && (Plan.Calls is not { } calls || Call - Plan.After < calls);

    public TimeSpan Latency => IsMeant
        ? TimeSpan.FromMilliseconds(
            Plan.LatencyMs + (Plan.LatencyJitterMs * Chance.At(Plan.Seed, Call, JitterLane)))
        : TimeSpan.Zero;

    public bool Drops => Hits(Plan.DropRate, DropLane);

    /// <summary>The error by which the call is refused unseen; null: it isn't.</summary>
    public ServiceError? Refusal(string operation)
    {
        if (Throttles) return ServiceError.Throttled;
        if (Fails) return ServiceError.InternalError;
        return Disables(operation) ? ServiceError.Disabled(operation) : null;
    }

    public bool Throttles => IsOverQuota || Hits(Plan.ThrottleRate, ThrottleLane);

    public bool Fails => Hits(Plan.ErrorRate, ErrorLane);

    public bool LosesAnswer => Hits(Plan.LoseAnswerRate, LoseAnswerLane);

    public bool TimesOut => Hits(Plan.TimeoutRate, TimeoutLane);

    private bool Disables(string operation) => IsMeant && Plan.Disabled?.Has(operation) is true;

    public bool LeavesUnprocessed(int recordIndex) => Hits(Plan.UnprocessedRate, RecordLanes + recordIndex);

    private bool Hits(double share, int lane) => IsMeant && share > 0 && Chance.At(Plan.Seed, Call, lane) < share;
}
