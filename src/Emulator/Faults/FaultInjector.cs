namespace Tally.Emulator.Faults;

/// <summary>The plan in force, and how many calls it has seen.</summary>
internal sealed class FaultInjector
{
    private readonly Lock _gate = new();
    private FaultPlan _plan = new();
    private long _calls;

    /// <summary>Setting a plan starts its sequence anew.</summary>
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
                (_plan, _calls) = (value, 0);
        }
    }

    public CallFaults Next()
    {
        lock (_gate)
            return new CallFaults(_plan, _calls++);
    }
}
