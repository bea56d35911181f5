using Tally.Emulator.Signatures;

namespace Tally.Emulator.Faults;

/// <summary>The plan in force, how many calls it has seen, and how much of the quotas is left.</summary>
/// <param name="plan">The plan to begin with.</param>
/// <param name="time">The clock by which the quotas fill: the one that the clients have.</param>
internal sealed class FaultInjector(FaultPlan plan, TimeProvider time)
{
    private readonly Lock _gate = new();
    private FaultPlan _plan = plan;
    private CallBuckets _buckets = new();
    private long _calls;

    /// <summary>Setting a plan starts its sequence anew, with full quotas.</summary>
    public FaultPlan Plan
    {
        get
        {
            lock (_gate)
                return _plan;
        }

        set
        {
            lock (_gate)
                (_plan, _calls, _buckets) = (value, 0, new CallBuckets());
        }
    }

    /// <summary>What becomes of the call that arrives now.</summary>
    public CallFaults Next(Caller caller, string operation)
    {
        lock (_gate)
        {
            var faults = new CallFaults(_plan, _calls++);
            return faults.IsMeant && !HasRoom(caller, operation) ? faults with { IsOverQuota = true } : faults;
        }
    }

    private bool HasRoom(Caller caller, string operation)
    {
        var quota = _plan.Quotas?.PerSecond.GetValueOrDefault(operation) ?? 0;
        if (_plan.CallsPerSecond <= 0 && quota <= 0) return true;
        var place = $"{caller.AccountId}|{caller.Region}";
        return _buckets.TryTake(
            [(place, _plan.CallsPerSecond), ($"{place}|{operation}", quota)], time.GetUtcNow().UtcTicks);
    }
}
