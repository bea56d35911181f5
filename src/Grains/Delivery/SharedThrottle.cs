using Tally.Contracts.Delivery;
using Tally.Domain.Catalogue;
using Tally.Domain.Delivery;
using Tally.Domain.Delivery.Throttling;

namespace Tally.Grains.Delivery;

/// <summary>
/// An account's throttle for all flush shards of its products, by a clock that never goes back. Metrics are read by
/// other threads.
/// </summary>
/// <param name="options">How calls are let out.</param>
/// <param name="clock">What time it is.</param>
/// <param name="known">What is known about the account's limit; null for nothing.</param>
internal sealed class SharedThrottle(ThrottleOptions options, TimeProvider clock, RateState? known)
{
    private static readonly TimeSpan ForwardJump = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly AccountThrottle _throttle = new(options, known);
    private readonly Dictionary<ProductKey, ShardTurns> _shards = [];
    private readonly long _started = clock.GetTimestamp();
    private DateTimeOffset _startedAt = clock.GetUtcNow();

    /// <summary>What is known about the account's limit.</summary>
    public RateState State
    {
        get
        {
            lock (_lock)
            {
                return _throttle.Rate;
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

    /// <summary>Starts a call of a shard, if it may start now.</summary>
    /// <param name="shard">The shard. It has one asker.</param>
    /// <param name="sendBy">By when the first of its waiting records should be sent.</param>
    /// <returns>The call, whose end must be reported, or how long to wait before asking again.</returns>
    public ThrottleTurn TryStart(FlushShardKey shard, DateTimeOffset sendBy)
    {
        lock (_lock)
        {
            var now = Now();
            if (!_shards.TryGetValue(shard.Product, out var shards))
            {
                _shards[shard.Product] = shards = new(options.Slack);
            }

            var decision = shards.IsNext(now, shard.Shard, sendBy)
                ? _throttle.TryStart(now, shard.Product, sendBy)
                : new(0, now + (options.Slack / 5));
            if (decision.IsStarted)
            {
                shards.Started(shard.Shard);
                return new(decision.CallId, TimeSpan.Zero);
            }

            shards.ComeAgain(shard.Shard, decision.WaitUntil);
            return new(null, decision.WaitUntil - now);
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

    /// <summary>Says that a shard has nothing to send.</summary>
    /// <param name="shard">The shard.</param>
    public void Withdraw(FlushShardKey shard)
    {
        lock (_lock)
        {
            if (_shards.TryGetValue(shard.Product, out var shards) && shards.Withdraw(shard.Shard))
            {
                _throttle.Withdraw(shard.Product);
                _shards.Remove(shard.Product);
            }
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
