using System.Threading.Channels;

namespace Tally.Client.Tracking;

/// <summary>Wakes whoever gathers events: at once, or after a while.</summary>
internal sealed class DuePulse : IDisposable
{
    private static readonly TimeSpan TimerStep = TimeSpan.FromMilliseconds(1);

    private readonly Channel<bool> _set = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private readonly ITimer _timer;

    /// <summary>Makes one that is not set.</summary>
    /// <param name="time">The clock.</param>
    public DuePulse(TimeProvider time) => _timer = time.CreateTimer(
        static state => ((DuePulse)state!).Set(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    /// <summary>Sets it; once is as good as twice.</summary>
    public void Set() => _set.Writer.TryWrite(true);

    /// <summary>Sets it after a while, and forgets what was said of that before.</summary>
    /// <param name="delay">How long; infinite for not at all.</param>
    public void SetAfter(TimeSpan delay)
    {
        // Timers know whole milliseconds, and the rest of one would come to nothing again and again.
        var later = delay == Timeout.InfiniteTimeSpan || delay >= TimerStep ? delay : TimerStep;
        _timer.Change(later, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Waits until it is set, and resets it.</summary>
    /// <param name="stop">When not to wait any longer.</param>
    /// <returns>A task that completes when it was set.</returns>
    public async ValueTask WaitAsync(CancellationToken stop) => await _set.Reader.ReadAsync(stop);

    /// <inheritdoc />
    public void Dispose() => _timer.Dispose();
}
