using Tally.Domain.Catalogue;
using Tally.Domain.Delivery.Throttling;

namespace Tally.Grains.Delivery;

/// <summary>An account's throttle for actors that run at the same time, by a clock that never goes back.</summary>
/// <param name="options">How calls are let out.</param>
/// <param name="clock">What time it is.</param>
internal sealed class SharedThrottle(ThrottleOptions options, TimeProvider clock)
{
    private static readonly TimeSpan ForwardJump = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly AccountThrottle _throttle = new(options);
    private readonly long _started = clock.GetTimestamp();
    private DateTimeOffset _startedAt = clock.GetUtcNow();

    /// <summary>How many calls a second are let out.</summary>
    public double Rate
    {
        get
        {
            lock (_lock)
            {
                return _throttle.Rate.Rate;
            }
        }
    }

    /// <summary>How many calls are under way.</summary>
    public int CallsUnderWay
    {
        get
        {
            lock (_lock)
            {
                return _throttle.CallsUnderWay;
            }
        }
    }

    /// <summary>Starts a call of a product, if it may start now.</summary>
    /// <param name="product">The product. It has one asker.</param>
    /// <param name="earliestDeadline">When the first of its waiting records expires.</param>
    /// <returns>The call, whose end must be reported, or how long to wait before asking again.</returns>
    public Turn TryStart(ProductKey product, DateTimeOffset earliestDeadline)
    {
        lock (_lock)
        {
            var now = Now();
            var decision = _throttle.TryStart(now, product, earliestDeadline);
            return new(decision.IsStarted ? decision.CallId : null, decision.WaitUntil - now);
        }
    }

    /// <summary>Reports how a call ended.</summary>
    /// <param name="callId">The call.</param>
    /// <param name="end">How it ended.</param>
    public void Finished(long callId, CallEnd end)
    {
        lock (_lock)
        {
            _throttle.Finished(Now(), callId, end);
        }
    }

    /// <summary>Says that a product has nothing to send.</summary>
    /// <param name="product">The product.</param>
    public void Withdraw(ProductKey product)
    {
        lock (_lock)
        {
            _throttle.Withdraw(product);
        }
    }

    /// <summary>
    /// The time since the start, which no one sets back; but it follows a clock that is set forward, as after a
    /// machine's sleep, so that deadlines are as near as they are.
    /// </summary>
    private DateTimeOffset Now()
    {
        var now = _startedAt + clock.GetElapsedTime(_started);
        var ahead = clock.GetUtcNow() - now;
        if (ahead <= ForwardJump)
        {
            return now;
        }

        _startedAt += ahead;
        return now + ahead;
    }
}

/// <summary>Whether a call may start.</summary>
/// <param name="CallId">The call that has started; null when none has.</param>
/// <param name="Wait">How long to wait before asking again, if none has.</param>
internal readonly record struct Turn(long? CallId, TimeSpan Wait);
