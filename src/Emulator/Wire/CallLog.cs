namespace Tally.Emulator.Wire;

/// <summary>The last calls, oldest first.</summary>
internal sealed class CallLog
{
    public const int CallsMax = 1000;
    private readonly Lock _gate = new();
    private readonly Queue<RecordedCall> _calls = new(CallsMax);

    public void Add(RecordedCall call)
    {
        lock (_gate)
        {
            if (_calls.Count == CallsMax) _ = _calls.Dequeue();
            _calls.Enqueue(call);
        }
    }

    public IReadOnlyList<RecordedCall> List()
    {
        lock (_gate)
            return [.. _calls];
    }

    public void Clear()
    {
        lock (_gate)
            _calls.Clear();
    }
}
