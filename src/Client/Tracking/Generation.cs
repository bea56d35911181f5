namespace Tally.Client.Tracking;

/// <summary>The events between two flushes. Guarded by the lock of its <see cref="WaitingEvents"/>.</summary>
internal sealed class Generation
{
    private readonly TaskCompletionSource _settled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _open;

    /// <summary>Completes when it is closed and each of its events is settled.</summary>
    public Task Settled => _settled.Task;

    /// <summary>Whether none of its events is unsettled.</summary>
    public bool IsEmpty => _open == 0;

    /// <summary>Whether a flush waits for it: then its events are due, and no other joins them.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>One event more.</summary>
    public void Enter() => _open++;

    /// <summary>One of its events is settled.</summary>
    public void Leave()
    {
        _open--;
        if (IsClosed && IsEmpty)
        {
            _settled.SetResult();
        }
    }

    /// <summary>Lets no event in any more; it is not empty.</summary>
    public void Close() => IsClosed = true;
}
