using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Tally.Api.Hosting;
using Tally.Contracts.Customers;
using Tally.Contracts.Entitlement;
using Tally.Contracts.Moves;

namespace Tally.Api.Dispatch;

/// <summary>
/// Brings events to their customers' actors with at most one call under way for each customer and a bounded number in
/// all. What arrives for a customer meanwhile joins its next call, and customers that wait are served in turn. So
/// calls grow as load grows, an idle process adds no delay, and the bound on what waits is the backpressure.
/// </summary>
internal sealed partial class Dispatcher
{
    private const int ShardCount = 64;

    private readonly IGrainFactory _grains;
    private readonly ILogger<Dispatcher> _logger;
    private readonly CallPatience _patience;
    private readonly TallyApiOptions _options;
    private readonly LaneShard[] _shards;
    private readonly ConcurrentQueue<Lane> _ready = new();
    private long _waitingEvents;
    private long _waitingBytes;
    private int _workers;

    /// <summary>Makes a dispatcher.</summary>
    /// <param name="grains">Where the actors are.</param>
    /// <param name="patience">Makes calls again.</param>
    /// <param name="options">The limits.</param>
    /// <param name="instruments">Where it shows how full it is.</param>
    /// <param name="logger">The log.</param>
    public Dispatcher(
        IGrainFactory grains,
        CallPatience patience,
        IOptions<TallyApiOptions> options,
        ApiInstruments instruments,
        ILogger<Dispatcher> logger)
    {
        (_grains, _patience, _options, _logger) = (grains, patience, options.Value, logger);
        var idleMax = (_options.IdleLanesMax + ShardCount - 1) / ShardCount;
        var limits = new LaneLimits(_options.EventsPerCallMax, _options.CallSizeMax, idleMax);
        _shards = new LaneShard[ShardCount];
        for (var index = 0; index < ShardCount; index++)
        {
            _shards[index] = new(limits);
        }

        instruments.ObserveDispatcher(() => WaitingEvents, () => Volatile.Read(ref _workers));
    }

    /// <summary>Events that are reserved for and not answered yet.</summary>
    public long WaitingEvents => Interlocked.Read(ref _waitingEvents);

    /// <summary>How many lanes there are, idle ones included.</summary>
    public int LaneCount => _shards.Sum(shard => shard.LaneCount);

    /// <summary>Reserves room for a request, before anything of it is dispatched.</summary>
    /// <param name="events">How many events it has at most.</param>
    /// <param name="bytes">How many bytes they take at most, about.</param>
    /// <returns>The request's countdown; null when there is no room at present.</returns>
    public PendingPost? TryReserve(int events, long bytes)
    {
        if (Interlocked.Add(ref _waitingEvents, events) <= _options.WaitingEventsMax
            && Interlocked.Add(ref _waitingBytes, bytes) is var total)
        {
            if (total <= _options.WaitingBytesMax)
            {
                return new(this, events, bytes);
            }

            Interlocked.Add(ref _waitingBytes, -bytes);
        }

        Interlocked.Add(ref _waitingEvents, -events);
        return null;
    }

    /// <summary>Gives room back.</summary>
    /// <param name="events">How many events were reserved.</param>
    /// <param name="bytes">How many bytes were reserved.</param>
    public void Return(int events, long bytes)
    {
        Interlocked.Add(ref _waitingEvents, -events);
        Interlocked.Add(ref _waitingBytes, -bytes);
    }

    /// <summary>Puts an event into its customer's lane; <see cref="Start"/> gets things going.</summary>
    /// <param name="address">Which customer.</param>
    /// <param name="usage">The event; it is copied.</param>
    /// <param name="waiter">Who waits for it.</param>
    public void Add(in LaneAddress address, in UsageEvent usage, Waiter waiter)
    {
        var shard = _shards[(int)(address.Hash % ShardCount)];
        if (shard.Add(address, usage, waiter) is { } lane)
        {
            _ready.Enqueue(lane);
        }
    }

    /// <summary>Starts as many calls as there are lanes waiting and calls allowed.</summary>
    public void Start()
    {
        // A worker looks at the queue once more after it has given up its place. With this barrier either it sees
        // the lane that was just queued, or we see its place.
        Interlocked.MemoryBarrier();
        while (!_ready.IsEmpty && TryTakePlace())
        {
            _ = Work();
        }
    }

    // One worker for each call under way; it goes on to the next lane by itself. All in one method, as each method
    // more that waits would cost an allocation a call.
    private async Task Work()
    {
        do
        {
            while (_ready.TryDequeue(out var lane))
            {
                var batch = lane.Shard.Take(lane);
                var (spare, isAnswered) = (batch, false);
                for (var attempts = 1; !isAnswered; attempts++)
                {
                    try
                    {
                        lane.Grain ??= GrainOf(lane.Key);
                        var reply = await lane.Grain.Post(batch.ToMessage());
                        Check(reply, batch);
                        batch.Complete(reply.Statuses.Span);
                        isAnswered = true;
                    }
                    catch (Exception exception) when (_patience.Allows(exception, attempts))
                    {
                        // The actor may still read the buffer, so it is not used again.
                        spare = null;
                        await _patience.Pause(attempts);
                    }
                    catch (Exception exception)
                    {
                        spare = null;

                        // A refusal is no failure; whoever asks AWS, or froze the tenant, has logged it, once.
                        if (exception is not (
                            NotEntitledException or EntitlementUnknownException or TenantFrozenException))
                        {
                            Log.CallFailed(_logger, exception, lane.Key.Product, batch.Count);
                        }

                        batch.Fail(exception);
                        isAnswered = true;
                    }
                }

                if (lane.Shard.Finish(lane, spare))
                {
                    _ready.Enqueue(lane);
                }
            }

            Interlocked.Decrement(ref _workers);
        }
        while (!_ready.IsEmpty && TryTakePlace());
    }

    private static void Check(PostReply reply, LaneBatch batch)
    {
        if (!reply.Statuses.IsEmpty && reply.Statuses.Length != batch.Count)
        {
            throw new InvalidOperationException(
                $"A customer's actor answered {reply.Statuses.Length} of {batch.Count} events.");
        }
    }

    private ICustomerGrain GrainOf(LaneKey key) =>
        _grains.GetGrain<ICustomerGrain>($"{key.Product}|{System.Text.Encoding.UTF8.GetString(key.Customer)}");

    private bool TryTakePlace()
    {
        var workers = Volatile.Read(ref _workers);
        while (workers < _options.ConcurrentCallsMax)
        {
            var seen = Interlocked.CompareExchange(ref _workers, workers + 1, workers);
            if (seen == workers)
            {
                return true;
            }

            workers = seen;
        }

        return false;
    }
}
