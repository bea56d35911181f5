using Amazon.AWSMarketplaceMetering;
using Tally.Contracts.Delivery;
using Tally.Domain.Catalogue;
using Tally.Domain.Delivery;
using Tally.Domain.Sealing;
using Tally.Grains.Hosting;
using Tally.Grains.Ledger;
using Tally.Grains.Moves;

namespace Tally.Grains.Delivery;

/// <summary>
/// Sends what waits in a product's queue and has the customers book what became of it. Runs inside the delivery
/// actor, one step at a time.
/// </summary>
internal sealed class RecordDelivery : IBatchSender
{
    private readonly ProductKey _product;
    private readonly PendingQueue _queue;
    private readonly IAmazonAWSMarketplaceMetering _client;
    private readonly TallyOptions _options;
    private readonly TimeProvider _clock;
    private readonly IDeliveryObserver _observer;
    private readonly SendPlan _plan;
    private readonly SendLoop _loop;
    private readonly PoisonHunt _hunt = new();
    private MeterUsageSubmitter? _meterUsage;
    private readonly ProductTrouble _trouble;
    private CallLines? _lines;
    private TenantLease? _lease;

    /// <summary>Starts with nothing under way.</summary>
    /// <param name="shard">The flush shard.</param>
    /// <param name="queue">What is to be sent.</param>
    /// <param name="route">The way to AWS.</param>
    /// <param name="options">How to deliver.</param>
    /// <param name="clock">What time it is.</param>
    /// <param name="observer">Where to say what happens, and who books it.</param>
    public RecordDelivery(
        FlushShardKey shard,
        PendingQueue queue,
        (IAmazonAWSMarketplaceMetering Client, IThrottleGrain Throttle) route,
        TallyOptions options,
        TimeProvider clock,
        IDeliveryObserver observer)
    {
        (_product, _queue, _client) = (shard.Product, queue, route.Client);
        (_options, _clock, _observer) = (options, clock, observer);
        _trouble = new(options.ProbeInterval);
        _plan = new(queue);
        _loop = new(shard, _plan, route.Throttle, clock, this);
    }

    /// <summary>Why nothing can be sent at present; null when nothing is wrong.</summary>
    public string? Problem => _trouble.Text;

    /// <summary>Why the product is suspended; null when it isn't.</summary>
    public Suspension? Suspension => _trouble.Suspension;

    /// <summary>When AWS last answered a call; null for never.</summary>
    public DateTimeOffset? LastSubmitted { get; private set; }

    /// <summary>Completes when nothing is under way any more, once sending was stopped.</summary>
    public Task Ended => _loop.Ended;

    /// <summary>
    /// Delivers by MeterUsage instead of BatchMeterUsage; to be said before there is anything to send.
    /// </summary>
    /// <param name="meterUsage">Who makes the calls.</param>
    public void Use(MeterUsageSubmitter meterUsage) => _meterUsage = meterUsage;

    /// <summary>Writes down each call and its answer; to be said before there is anything to send.</summary>
    /// <param name="lines">Who writes.</param>
    public void Use(CallLines lines) => _lines = lines;

    /// <summary>Sends only while the tenant is open; to be said before there is anything to send.</summary>
    /// <param name="lease">Says whether it is.</param>
    public void Use(TenantLease lease) => _lease = lease;

    /// <summary>Has whoever waits to send look again whether it may.</summary>
    public void Wake() => _loop.Wake();

    /// <summary>
    /// Books what has expired, and sends everything that may be sent now, those records first that expire soonest.
    /// </summary>
    /// <param name="cancellationToken">Stops; what is under way is sent again later.</param>
    /// <returns>
    /// A task that completes when sending goes on by itself. Its result completes when everything is sent that could
    /// be sent at once; for the rest AWS's limit makes it wait.
    /// </returns>
    public async Task<Task> SubmitDue(CancellationToken cancellationToken)
    {
        var now = _clock.GetUtcNow();
        _plan.ReleaseExpired(now);
        await Settle(_queue.Expired(now).ConvertAll(record => (record, new Settlement(
            record.Record.Key, RecordState.Expired, null, ReasonOfExpiry(record), now))));
        foreach (var record in _queue.TakeAtRisk(now, _options.DeliveryMargin))
        {
            _observer.AtRisk(record);
        }

        _plan.Pack(_clock.GetUtcNow(), _meterUsage is null ? BatchLimits.Aws : BatchLimits.MeterUsage);
        return _loop.Send(cancellationToken);
    }

    ValueTask<bool> IBatchSender.MaySend() => _lease?.IsOpen() ?? new(true);

    async Task<SubmitAnswer> IBatchSender.Call(
        IReadOnlyList<PendingRecord> batch, CancellationToken cancellationToken)
    {
        DeliverySteps.Reached(DeliveryStep.CallDue);
        var attempt = _lines is null ? null : await _lines.Begin(batch);
        var answer = _meterUsage is { } meterUsage
            ? await meterUsage.Submit(batch[0], cancellationToken)
            : await BatchSubmitter.Submit(_client, _product.Code, batch, _clock, cancellationToken);
        DeliverySteps.Reached(DeliveryStep.CallAnswered);
        LastSubmitted = _clock.GetUtcNow();
        return answer with { Attempt = attempt };
    }

    async Task IBatchSender.Handle(IReadOnlyList<PendingRecord> batch, SubmitAnswer answer)
    {
        if (answer.Attempt is { } attempt)
        {
            await _lines!.End(batch, answer, attempt);
        }

        var now = _clock.GetUtcNow();
        if (answer.Error is { } error)
        {
            _observer.CallFailed(batch.Count, error);
            await Handle(batch, error, now);
            return;
        }

        End();
        var settled = new List<(PendingRecord Record, Settlement Settlement)>();
        for (var index = 0; index < batch.Count; index++)
        {
            var (record, result) = (batch[index], answer.Answers[index]);
            _hunt.Accepted(record);
            if (result.State == RecordState.Waiting)
            {
                _queue.Postpone(record, now + RetryDelay());
                continue;
            }

            settled.Add((record, new(record.Record.Key, result.State, result.MeteringRecordId, result.Status, now)));
        }

        await Settle(settled);
    }

    void IBatchSender.CallLost(IReadOnlyList<PendingRecord> batch, Exception exception)
    {
        foreach (var record in batch)
        {
            _queue.Postpone(record, _clock.GetUtcNow() + _options.ProbeInterval);
        }

        _observer.SendFailed(exception);
    }

    void IBatchSender.LoopFailed(Exception exception) => _observer.SendFailed(exception);

    private async Task Handle(IReadOnlyList<PendingRecord> batch, CallError error, DateTimeOffset now)
    {
        switch (error.Verdict)
        {
            case CallVerdict.Throttled or CallVerdict.Transient or CallVerdict.ProductAtFault:
                Begin(error, now);
                _plan.Keep(batch);
                break;
            case CallVerdict.RecordAtFault or CallVerdict.Unknown when batch.Count > 1:
                var (first, second) = _hunt.Divide(batch, error.Code, error.Message);
                _plan.Keep(second);
                _plan.Keep(first);
                break;
            case CallVerdict.RecordAtFault:
                _hunt.Quarantined(batch[0]);
                var quarantined = new Settlement(
                    batch[0].Record.Key, RecordState.Quarantined, null, error.ToString(), now);
                await Settle([(batch[0], quarantined)]);
                break;
            default:
                _queue.Postpone(batch[0], now + _options.ProbeInterval);
                break;
        }
    }

    private void Begin(CallError error, DateTimeOffset now)
    {
        if (_trouble.Begin(error, now) && _trouble.Suspension is { } suspension)
        {
            _observer.Suspended(suspension);
        }
    }

    private void End()
    {
        if (_trouble.End())
        {
            _observer.Resumed();
        }
    }

    private async Task Settle(List<(PendingRecord Record, Settlement Settlement)> settled)
    {
        var booked = settled
            .GroupBy(pair => pair.Record.Customer)
            .Select(async group =>
            {
                DeliverySteps.Reached(DeliveryStep.OutcomeKnown);
                var isBooked = await _observer.Settle(group.Key, [.. group.Select(pair => pair.Settlement)]);
                DeliverySteps.Reached(DeliveryStep.SettlementHeard);
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
            _queue.Postpone(record, _clock.GetUtcNow() + RetryDelay());
        }
        else if (settlement.State == RecordState.Parked)
        {
            _queue.Refuse(record, _clock.GetUtcNow());
            _observer.Settled(record, settlement);
        }
        else
        {
            _queue.Remove(record, isDelivered: settlement.State == RecordState.Delivered);
            DeliverySteps.Reached(DeliveryStep.RecordRemoved);
            _observer.Settled(record, settlement);
        }
    }

    private string ReasonOfExpiry(PendingRecord record) =>
        _queue.IsRefused(record.Customer) ? "AcceptanceWindowClosed, CustomerNotSubscribed" : "AcceptanceWindowClosed";

    private TimeSpan RetryDelay() =>
        Backoff.Delay(1, _options.RetryFirst, _options.RetryMost, Random.Shared.NextDouble());
}
