using Amazon.AWSMarketplaceMetering;
using Tally.Domain.Delivery;
using Tally.Domain.Sealing;
using Tally.Grains.Hosting;

namespace Tally.Grains.Delivery;

/// <summary>
/// Sends what waits in a product's queue and has the customers book what became of it. Runs inside the delivery
/// actor, one step at a time.
/// </summary>
/// <param name="productCode">The product.</param>
/// <param name="queue">What is to be sent.</param>
/// <param name="client">The AWS client.</param>
/// <param name="options">How to deliver.</param>
/// <param name="clock">What time it is.</param>
/// <param name="observer">Where to say what happens, and who books it.</param>
internal sealed class RecordDelivery(
    string productCode,
    PendingQueue queue,
    IAmazonAWSMarketplaceMetering client,
    TallyOptions options,
    TimeProvider clock,
    IDeliveryObserver observer)
{
    private int _failures;
    private DateTimeOffset _notBefore = DateTimeOffset.MinValue;

    /// <summary>Why nothing can be sent at present; null when nothing is wrong.</summary>
    public string? Problem { get; private set; }

    /// <summary>When AWS last answered a call; null for never.</summary>
    public DateTimeOffset? LastSubmitted { get; private set; }

    /// <summary>
    /// Sends everything that may be sent now, those records first that expire soonest. Returns when that is done, or
    /// when AWS says or shows that it can't take more at present.
    /// </summary>
    /// <param name="cancellationToken">Stops; what is under way is sent again later.</param>
    /// <returns>A task that completes with the round.</returns>
    public async Task SubmitDue(CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await Settle(queue.Expired(now).ConvertAll(record => (record, new Settlement(
            record.Record.Key, RecordState.Expired, null, "AcceptanceWindowClosed", now))));
        foreach (var record in queue.TakeAtRisk(now, options.DeliveryMargin))
        {
            observer.AtRisk(record);
        }

        if (now < _notBefore)
        {
            return;
        }

        var batches = new Queue<IReadOnlyList<PendingRecord>>(BatchPlanner.Plan(queue.Due(now), BatchLimits.Aws));
        var senders = Enumerable.Range(0, Math.Min(options.SubmitConcurrency, batches.Count))
            .Select(_ => SubmitAll(batches, cancellationToken));
        await Task.WhenAll(senders);
    }

    private async Task SubmitAll(Queue<IReadOnlyList<PendingRecord>> batches, CancellationToken cancellationToken)
    {
        while (clock.GetUtcNow() >= _notBefore && batches.TryDequeue(out var batch))
        {
            await Submit(batch, cancellationToken);
        }
    }

    private async Task Submit(IReadOnlyList<PendingRecord> planned, CancellationToken cancellationToken)
    {
        // Other calls were awaited since this one was planned: a record may have been written off meanwhile.
        var batch = planned.Where(queue.Holds).ToList();
        if (batch.Count == 0)
        {
            return;
        }

        var answer = await BatchSubmitter.Submit(client, productCode, batch, cancellationToken);
        LastSubmitted = clock.GetUtcNow();
        if (answer.Error is { } error)
        {
            observer.CallFailed(batch.Count, error);
            await Handle(batch, error, cancellationToken);
            return;
        }

        (_failures, Problem) = (0, null);
        var now = clock.GetUtcNow();
        var settled = new List<(PendingRecord Record, Settlement Settlement)>();
        for (var index = 0; index < batch.Count; index++)
        {
            var (record, result) = (batch[index], answer.Answers[index]);
            if (result.State == RecordState.Waiting)
            {
                queue.Postpone(record, isParked: false, now + Jittered(1));
                continue;
            }

            settled.Add((record, new(record.Record.Key, result.State, result.MeteringRecordId, result.Status, now)));
        }

        await Settle(settled);
    }

    private async Task Handle(
        IReadOnlyList<PendingRecord> batch,
        CallError error,
        CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        switch (error.Verdict)
        {
            case CallVerdict.Throttled or CallVerdict.Transient:
                (Problem, _notBefore) = (error.ToString(), now + Jittered(++_failures));
                break;
            case CallVerdict.ProductAtFault:
                (Problem, _notBefore) = (error.ToString(), now + options.ProbeInterval);
                break;
            case CallVerdict.RecordAtFault or CallVerdict.Unknown when batch.Count > 1:
                var (first, second) = BatchSplitter.Halve(batch);
                await Submit(first, cancellationToken);
                await Submit(second, cancellationToken);
                break;
            case CallVerdict.RecordAtFault:
                var quarantined = new Settlement(
                    batch[0].Record.Key, RecordState.Quarantined, null, error.ToString(), now);
                await Settle([(batch[0], quarantined)]);
                break;
            default:
                queue.Postpone(batch[0], isParked: false, now + options.ProbeInterval);
                break;
        }
    }

    private async Task Settle(List<(PendingRecord Record, Settlement Settlement)> settled)
    {
        var booked = settled
            .GroupBy(pair => pair.Record.Customer)
            .Select(async group =>
            {
                var isBooked = await observer.Settle(group.Key, [.. group.Select(pair => pair.Settlement)]);
                foreach (var (record, settlement) in group)
                {
                    AfterBooking(record, settlement, isBooked);
                }
            });
        await Task.WhenAll(booked);
    }

    private void AfterBooking(PendingRecord record, Settlement settlement, bool isBooked)
    {
        if (!isBooked)
        {
            queue.Postpone(record, isParked: false, clock.GetUtcNow() + Jittered(1));
        }
        else if (settlement.State == RecordState.Parked)
        {
            queue.Postpone(record, isParked: true, clock.GetUtcNow() + options.ParkedProbeInterval);
            observer.Settled(record, settlement);
        }
        else
        {
            queue.Remove(record.Customer, record.Record.Key);
            observer.Settled(record, settlement);
        }
    }

    private TimeSpan Jittered(int failures) =>
        Backoff.Delay(failures, options.RetryFirst, options.RetryMost, Random.Shared.NextDouble());
}
