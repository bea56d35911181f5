using Tally.Client.Tracking;

namespace Tally.Client.Sending;

/// <summary>
/// Takes events that are due and sends them until each is counted, rejected, or given up. What is known of an event's
/// fate is told before there is room for others.
/// </summary>
/// <param name="waiting">The events.</param>
/// <param name="poster">How they are sent.</param>
/// <param name="outcomes">Who is told what became of them.</param>
/// <param name="pace">How long to wait after a failure.</param>
internal sealed class Sender(WaitingEvents waiting, EventPoster poster, Outcomes outcomes, RetryPace pace)
{
    /// <summary>Sends events until told to stop.</summary>
    /// <param name="stop">When to stop: what is not answered by then is given up.</param>
    /// <returns>A task that completes when it has stopped.</returns>
    public async Task Run(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            IReadOnlyList<Tracked> batch;
            try
            {
                batch = await waiting.TakeAsync(stop);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            await Deliver(batch, stop);
        }
    }

    // A request that fails for what only some of its events are is divided; parts that fail let the others go first.
    private async Task Deliver(IReadOnlyList<Tracked> batch, CancellationToken stop)
    {
        var parts = new Queue<BatchPart>([new(batch)]);
        try
        {
            while (parts.TryPeek(out var part))
            {
                var outcome = await Post(part, stop);
                parts.Dequeue();
                foreach (var rest in Conclude(part, outcome))
                {
                    parts.Enqueue(rest);
                }
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            foreach (var part in parts)
            {
                outcomes.Abandon(part.Events);
                waiting.Settle(part.Events);
            }
        }
    }

    private async Task<PostOutcome> Post(BatchPart part, CancellationToken stop)
    {
        if (part.Failure is { } failure)
        {
            await pace.Pause(part.Failures, failure, stop);
        }

        using var request = outcomes.Instruments.StartRequest(part.Events.Count, part.Failures + 1);
        var (outcome, status) = await poster.Post(part.Events, stop);
        request.Answer(status);
        return outcome;
    }

    // Says what is still to be sent; everything else is settled.
    private IReadOnlyList<BatchPart> Conclude(BatchPart part, PostOutcome outcome)
    {
        if (part.After(outcome) is { Count: > 0 } parts)
        {
            return parts;
        }

        switch (outcome)
        {
            case PostOutcome.TooLarge large:
                return Conclude(part, large.Problem);
            case PostOutcome.OfOneProduct one:
                return Conclude(part, one.Problem);
            case PostOutcome.Again again:
                return [part.Failed(again)];
            case PostOutcome.Refused refused:
                outcomes.Refuse(part.Events, refused);
                break;
            case PostOutcome.Answered answered:
                outcomes.Book(part.Events, answered.Answer);
                break;
            default:
                throw new InvalidOperationException($"Nobody knows what to do after {outcome}.");
        }

        waiting.Settle(part.Events);
        return [];
    }
}
