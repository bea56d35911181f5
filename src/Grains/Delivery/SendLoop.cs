using Tally.Contracts.Delivery;
using Tally.Domain.Delivery;

namespace Tally.Grains.Delivery;

/// <summary>
/// Sends a flush shard's batches, each when the account's throttle lets it, several under way. Runs beside the actor's
/// other work, on the actor's own scheduler, for as long as there is something to send.
/// </summary>
/// <param name="shard">The shard. It has this one loop.</param>
/// <param name="plan">What is sent next.</param>
/// <param name="throttle">The account's throttle.</param>
/// <param name="clock">What time it is.</param>
/// <param name="sender">Who sends.</param>
internal sealed class SendLoop(
    FlushShardKey shard,
    SendPlan plan,
    IThrottleGrain throttle,
    TimeProvider clock,
    IBatchSender sender)
{
    private static readonly TimeSpan TimerResolution = TimeSpan.FromMilliseconds(1);

    private readonly string _product = shard.Product.ToString();
    private readonly HashSet<Task> _underWay = [];
    private Task _running = Task.CompletedTask;
    private TaskCompletionSource _signal = NewSignal();
    private TaskCompletionSource? _round;

    /// <summary>Completes when the loop has ended, once its token is cancelled.</summary>
    public Task Ended => Task.WhenAll([_running, .. _underWay]);

    /// <summary>Sends what the plan holds. What can't be sent at once goes on by itself.</summary>
    /// <param name="cancellationToken">Stops; what is under way is sent again by somebody else.</param>
    /// <returns>
    /// A task that completes when everything is sent, or else the throttle makes the product wait and the calls that
    /// were under way by then have ended.
    /// </returns>
    public Task Send(CancellationToken cancellationToken)
    {
        _round ??= NewSignal();
        var round = _round.Task;
        _signal.TrySetResult();
        if (_running.IsCompleted)
        {
            _running = Run(cancellationToken);
        }

        return round;
    }

    /// <summary>Ends a wait, if there is one: what it waits for may no longer be wanted.</summary>
    public void Wake() => _signal.TrySetResult();

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private async Task Run(CancellationToken cancellationToken)
    {
        try
        {
            while (!cancellationToken.IsCancellationRequested && await Proceed(cancellationToken) is { } wait)
            {
                EndRound();
                await Wait(wait, cancellationToken);
            }
        }
        catch (Exception exception)
        {
            sender.LoopFailed(exception);
        }
        finally
        {
            _ = throttle.Withdraw(_product, shard.Shard);
            EndRound();
        }
    }

    /// <summary>Starts all calls that may start now.</summary>
    /// <returns>How long to wait for the next; null when there is nothing to wait for.</returns>
    private async ValueTask<TimeSpan?> Proceed(CancellationToken cancellationToken)
    {
        // Whatever happens from here on ends the wait that follows.
        _signal = NewSignal();
        while (plan.NextSendBy(clock.GetUtcNow()) is { } sendBy && await sender.MaySend())
        {
            var turn = await throttle.TryStart(_product, shard.Shard, sendBy);
            if (turn.CallId is not { } callId)
            {
                return turn.Wait;
            }

            // While the throttle was asked, the tenant may have been frozen.
            if (!await sender.MaySend())
            {
                Report(callId, CallVerdict.Unknown, null);
                break;
            }

            // While the throttle was asked, what was next may have been written off.
            var batch = plan.Take(clock.GetUtcNow());
            if (batch.Count == 0)
            {
                Report(callId, CallVerdict.Unknown, null);
                continue;
            }

            _ = Track(Call(callId, batch, cancellationToken));
        }

        _ = throttle.Withdraw(_product, shard.Shard);
        return _underWay.Count > 0 ? Timeout.InfiniteTimeSpan : null;
    }

    private void Report(long callId, CallVerdict? error, TimeSpan? retryAfter) =>
        _ = throttle.Finished(new(callId, (byte?)error, retryAfter, Random.Shared.NextDouble()));

    private async Task Call(long callId, IReadOnlyList<PendingRecord> batch, CancellationToken cancellationToken)
    {
        // What this says when a call is given up tells the throttle nothing but that the call is over.
        (CallVerdict? Error, TimeSpan? RetryAfter) end = (CallVerdict.Unknown, null);
        try
        {
            SubmitAnswer answer;
            try
            {
                answer = await sender.Call(batch, cancellationToken);
                end = (answer.Error?.Verdict, answer.Error?.RetryAfter);
            }
            finally
            {
                Report(callId, end.Error, end.RetryAfter);
                _signal.TrySetResult();
            }

            await sender.Handle(batch, answer);
        }
        catch (Exception exception)
        {
            sender.CallLost(batch, exception);
        }
    }

    /// <summary>Counts a call, which never fails, as under way until it has ended.</summary>
    private async Task Track(Task call)
    {
        _underWay.Add(call);
        await call;
        _underWay.Remove(call);
        _signal.TrySetResult();
    }

    /// <summary>Waits for time to pass, for one of the product's calls to end, or for something new to send.</summary>
    private async Task Wait(TimeSpan time, CancellationToken cancellationToken)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);

        // A timer that rounds down would ask too early, again and again.
        var delay = time == Timeout.InfiniteTimeSpan ? time : time + TimerResolution;
        await Task.WhenAny(Task.Delay(delay, clock, waiting.Token), _signal.Task);
        await waiting.CancelAsync();
    }

    private void EndRound()
    {
        if (_round is { } round)
        {
            _round = null;
            _ = End(round, Task.WhenAll(_underWay));
        }

        static async Task End(TaskCompletionSource round, Task underWay)
        {
            await underWay;
            round.TrySetResult();
        }
    }
}
