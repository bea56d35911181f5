namespace Tally.Domain.Delivery.Throttling;

/// <summary>A rate that is being found, and when it lets the next call out.</summary>
/// <param name="state">What is known about the limit.</param>
/// <param name="options">How calls are let out.</param>
internal sealed class PacedRate(RateState state, ThrottleOptions options)
{
    private DateTimeOffset _nextSlot = DateTimeOffset.MinValue;
    private DateTimeOffset _notBefore = DateTimeOffset.MinValue;

    public RateState State { get; private set; } = state;

    /// <summary>When the next call may start, as far as this rate is concerned.</summary>
    public DateTimeOffset ReadyAt => _nextSlot > _notBefore ? _nextSlot : _notBefore;

    /// <summary>The time from one call to the next.</summary>
    public TimeSpan Interval => TimeSpan.FromSeconds(1 / State.Rate);

    /// <summary>Refused more than once without anything accepted between: a product has one call at a time.</summary>
    public bool IsProbing => State.Streak > 1;

    /// <summary>Takes the slot that is ready.</summary>
    /// <param name="now">The present moment, not before <see cref="ReadyAt"/>.</param>
    /// <returns>Whether the slot was waited for, rather than left unused for a while.</returns>
    public bool Take(DateTimeOffset now)
    {
        // Somebody who comes late has the missed time credited, but no more than the slack: no bursts after idling.
        var earliest = Earlier(now, options.Slack);
        var isPaced = ReadyAt >= earliest || ReadyAt >= Earlier(now, Interval / 4);
        _nextSlot = (ReadyAt > earliest ? ReadyAt : earliest) + Interval;
        return isPaced;
    }

    public void Accepted(long epoch, bool isPaced) =>
        State = RateControl.Accepted(State, epoch, isPaced, options.Rate);

    public void Refused(DateTimeOffset now, long epoch, CallEnd end)
    {
        var before = State;
        State = RateControl.Refused(State, epoch, end.Random, options.Rate);
        if (State != before && IsProbing)
        {
            Pause(now + Backoff.Delay(State.Streak - 1, options.RetryFirst, options.RetryMost, end.Random));
        }

        if (end.RetryAfter is { } wait)
        {
            Pause(now + options.Believed(wait));
        }
    }

    /// <summary>Takes back what was learnt from refusals that turned out to have another cause.</summary>
    public void Restore(RateState earlier)
    {
        State = earlier with { Epoch = State.Epoch + 1, Streak = 0 };
        (_nextSlot, _notBefore) = (DateTimeOffset.MinValue, DateTimeOffset.MinValue);
    }

    private static DateTimeOffset Earlier(DateTimeOffset time, TimeSpan by) =>
        time - DateTimeOffset.MinValue > by ? time - by : DateTimeOffset.MinValue;

    private void Pause(DateTimeOffset until) => _notBefore = until > _notBefore ? until : _notBefore;
}
