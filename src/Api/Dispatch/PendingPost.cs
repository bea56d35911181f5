namespace Tally.Api.Dispatch;

/// <summary>
/// A request that waits for its events: a countdown, and a place for the status of each. It is never reused, so a
/// request that went away disturbs nobody; its events are counted all the same.
/// </summary>
internal sealed class PendingPost
{
    private readonly TaskCompletionSource _answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Dispatcher _dispatcher;
    private readonly int _events;
    private readonly long _bytes;
    private Exception? _failure;
    private int _remaining;

    /// <summary>Makes a countdown from one more than the events, so that it can't end while events are added.</summary>
    /// <param name="dispatcher">Where its room is reserved.</param>
    /// <param name="events">How many events it reserved room for.</param>
    /// <param name="bytes">How many bytes it reserved room for.</param>
    public PendingPost(Dispatcher dispatcher, int events, long bytes)
    {
        (_dispatcher, _events, _bytes) = (dispatcher, events, bytes);
        _remaining = events + 1;
        Statuses = new byte[events];
    }

    /// <summary>
    /// A <see cref="Domain.Counting.CountStatus"/> for each event; complete when <see cref="Answered"/> is.
    /// </summary>
    public byte[] Statuses { get; }

    /// <summary>Completes when every event is answered, whether its call succeeded or not.</summary>
    public Task Answered => _answered.Task;

    /// <summary>Why a call with one of its events failed; null when none did.</summary>
    public Exception? Failure => Volatile.Read(ref _failure);

    /// <summary>Remembers that a call with one of its events failed. Comes before <see cref="Release"/>.</summary>
    /// <param name="cause">Why.</param>
    public void Fail(Exception cause) => Interlocked.CompareExchange(ref _failure, cause, null);

    /// <summary>Counts down.</summary>
    /// <param name="count">By how many.</param>
    public void Release(int count)
    {
        if (Interlocked.Add(ref _remaining, -count) == 0)
        {
            _dispatcher.Return(_events, _bytes);
            _answered.SetResult();
        }
    }
}
