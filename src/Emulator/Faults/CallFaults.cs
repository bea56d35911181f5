namespace Tally.Emulator.Faults;

/// <summary>What the plan does to one call.</summary>
internal readonly record struct CallFaults(FaultPlan Plan, long Call)
{
    public TimeSpan Latency => TimeSpan.FromMilliseconds(Plan.LatencyMs);

    public bool Throttles => Hits(Plan.Throttle, 0);

    public bool Fails => Hits(Plan.Error500, 1);

    public bool DropsAfterAccept => Hits(Plan.DropAfterAccept, 2);

    public bool LeavesUnprocessed(int recordIndex) => Hits(Plan.Unprocessed, 3 + recordIndex);

    private bool Hits(double share, int lane) => share > 0 && Chance.At(Plan.Seed, Call, lane) < share;
}
