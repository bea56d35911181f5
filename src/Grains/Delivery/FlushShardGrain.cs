using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;
using Tally.Contracts.Customers;
using Tally.Contracts.Delivery;
using Tally.Domain.Catalogue;
using Tally.Domain.Conservation;
using Tally.Domain.Delivery;
using Tally.Domain.Sealing;
using Tally.Domain.Time;
using Tally.Grains.Hosting;
using Tally.Grains.Ledger;
using Tally.Grains.Moves;
using Tally.Grains.Placement;
using Tally.Grains.Products;
using Tally.Journal;

namespace Tally.Grains.Delivery;

/// <summary>
/// A part of a product's flush. Reentrant, because a customer must be able to register while a flush waits for AWS;
/// between two awaits nobody else runs, and no decision spans one.
/// </summary>
/// <remarks>
/// The way of a flush: (1) every customer of the index seals what is over and hands out what waits; (2) the records
/// are packed, those that expire soonest first, and sent as fast as the account's throttle lets them; (3) each
/// customer books what became of its records. Each step may be lost and is done again by the next flush, which a
/// timer starts, or a durable reminder, should the timer be lost with its silo. Sending goes on beside later flushes,
/// so that however much waits, hours are sealed and alarms raised in time, and what is urgent goes first.
/// </remarks>
[Reentrant, ShardPlacement]
internal sealed partial class FlushShardGrain(
    [PersistentState("delivery", TallyStorage.Name)] IPersistentState<FlushShardState> state,
    IMarketplaceClients clients,
    LedgerOutlet outlet,
    CatalogueCache catalogue,
    TenantGate gate,
    IUsageJournal journal,
    IOptions<TallyOptions> options,
    TallyInstruments instruments,
    [FromKeyedServices(TallyTime.Key)] TimeProvider clock,
    ILogger<FlushShardGrain> logger) : Grain, IFlushShardGrain, IRemindable, IDeliveryObserver
{
    private const string ReminderName = "flush";
    private static readonly TimeSpan ReminderPeriod = TimeSpan.FromMinutes(1);

    private readonly MeteringPeriod _period = options.Value.MeteringPeriod();
    private readonly PendingQueue _queue =
        new(options.Value.FindRules(DeliveryChannel.BatchMeterUsage), options.Value.ParkedProbeInterval);
    private readonly CancellationTokenSource _stopping = new();
    private FlushShardKey _shard;
    private ProductKey _product;
    private FlushIndex _index = null!;
    private RecordDelivery _delivery = null!;
    private CoalescedWrite _write = null!;
    private Task _flushing = Task.CompletedTask;
    private Task _sending = Task.CompletedTask;
    private (GrainType Grain, GrainInterfaceType Interface)? _customerType;
    private Task? _reminding;
    private long _delivered;
    private long _quarantined;
    private long _expired;

    /// <inheritdoc />
    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _shard = FlushShardKey.Parse(this.GetPrimaryKeyString());
        _product = _shard.Product;
        _index = new(state.State.Customers);
        _write = new(() => state.WriteStateAsync());
        await clients.Prepare(_product.Tenant);
        var throttle = GrainFactory.GetGrain<IThrottleGrain>(clients.AccountOf(_product));
        var route = (clients.For(_product), throttle);
        _delivery = new(_shard, _queue, route, options.Value, clock, this);
        _delivery.Use(new CallLines(_product, outlet, clock));
        _delivery.Use(gate.Of(_product.Tenant));
        this.RegisterGrainTimer(StartFlush, new GrainTimerCreationOptions
        {
            DueTime = options.Value.FlushInterval,
            Period = options.Value.FlushInterval,
            Interleave = true,
        });
    }

    /// <inheritdoc />
    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await _flushing.WaitAsync(cancellationToken).ConfigureAwait(
            ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        await _delivery.Ended.WaitAsync(cancellationToken).ConfigureAwait(
            ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        _stopping.Dispose();
    }

    /// <inheritdoc />
    public async Task<bool> Register(string customer)
    {
        await Remind();
        if (!_index.Register(customer))
        {
            // Already in the index; but whoever entered it may still be waiting for the store.
            await _write.Pending;
            return false;
        }

        await Write();
        return true;
    }

    /// <inheritdoc />
    public async Task Confirm(string customer)
    {
        await Remind();
        _index.Register(customer);
        await Write();
    }

    /// <inheritdoc />
    public async Task Amended(string customer, RecordView record)
    {
        await FindChannel();
        if (record.State == RecordState.Waiting)
        {
            _queue.Release(customer, record.Record, clock.GetUtcNow());
        }
        else
        {
            _queue.Forget(customer, record.Record, clock.GetUtcNow());
        }
    }

    /// <inheritdoc />
    public async Task Heard(string customer, SealReply toSend)
    {
        await FindChannel();
        _queue.Add(customer, toSend, clock.GetUtcNow());
        _ = StartFlush();
    }

    /// <inheritdoc />
    public async Task Flush()
    {
        await StartFlush();
        await _sending;
    }

    /// <inheritdoc />
    public Task ReceiveReminder(string reminderName, TickStatus status) => StartFlush();

    /// <inheritdoc />
    public Task<DeliveryStatus> GetStatus()
    {
        var now = clock.GetUtcNow();
        var nextSeal = LastSealable(now).Next.End + options.Value.SealDelay;
        return Task.FromResult(new DeliveryStatus(
            _index.KnownCount,
            _index.ActiveCount,
            _queue.WaitingCount,
            _queue.ParkedCount,
            _delivered,
            _quarantined,
            _expired,
            _delivery.LastSubmitted,
            nextSeal,
            _delivery.Problem,
            _delivery.Suspension));
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<DimensionBalance>> GetBalances()
    {
        var totals = new Dictionary<string, Balance>();
        await Bounded.ForEach([.. _index.Known], options.Value.SealConcurrency, async customer =>
        {
            foreach (var (dimension, balance) in await Customer(customer).GetBalances())
            {
                totals[dimension] = totals.GetValueOrDefault(dimension) + balance;
            }
        });
        return
        [
            .. totals.OrderBy(pair => pair.Key, StringComparer.Ordinal)
                .Select(pair => new DimensionBalance(pair.Key, pair.Value)),
        ];
    }

    /// <inheritdoc />
    public Task<IReadOnlyList<string>> ListCustomers(string? after, int countMax) =>
        Task.FromResult<IReadOnlyList<string>>(
        [
            .. _index.Known
                .Where(customer => after is null || string.CompareOrdinal(customer, after) > 0)
                .Order(StringComparer.Ordinal)
                .Take(countMax),
        ]);

    /// <summary>Does what a timer wakes the actor for; sending then goes on by itself, and holds up no timer.</summary>
    private Task StartFlush()
    {
        if (_flushing.IsCompleted)
        {
            _flushing = FlushOnce();
        }

        return _flushing;
    }

    private async Task FlushOnce()
    {
        try
        {
            if (!await gate.Of(_product.Tenant).IsOpen())
            {
                return;
            }

            await FindChannel();
            await HandOver();
            var through = LastSealable(clock.GetUtcNow());
            var visits = _index.ToVisit(through.StartSeconds, clock.GetUtcNow());
            if (visits.Length > 0 && journal.IsShared)
            {
                // Whoever seals relies on being in the stored index, which may be another's by now.
                await Write();
            }

            await Bounded.ForEach(
                visits, options.Value.SealConcurrency, visit => Seal(visit.Customer, visit.Generation, through));
            _sending = await _delivery.SubmitDue(_stopping.Token);
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            Log.FlushStopped(logger, _product.ToString());
        }
        catch (Exception exception)
        {
            Log.FlushFailed(logger, exception, _product.ToString());
        }
    }

    private async Task Seal(string customer, int generation, MeteringHour through)
    {
        try
        {
            // A customer that asks this shard meanwhile would wait for its end, and its end for the customer.
            var reply = await Customer(customer).Seal(through.StartSeconds).WaitAsync(_stopping.Token);
            DeliverySteps.Reached(DeliveryStep.RecordsHeard);
            _queue.Add(customer, reply, clock.GetUtcNow());
            _index.Visited(customer, generation, through.StartSeconds, reply);
            DeliverySteps.Reached(DeliveryStep.RecordsQueued);
        }
        catch (Exception exception) when (!_stopping.IsCancellationRequested)
        {
            Log.SealFailed(logger, exception, _product.ToString(), customer);
        }
    }

    /// <summary>Registers the reminder once, for however many customers come at once.</summary>
    private async Task Remind()
    {
        var reminding = _reminding ??= this.RegisterOrUpdateReminder(ReminderName, ReminderPeriod, ReminderPeriod);
        try
        {
            await reminding;
        }
        catch (Exception) when (_reminding == reminding)
        {
            // The next who comes tries again.
            _reminding = null;
            throw;
        }
    }

    private async Task Write()
    {
        try
        {
            await _write.Request();
        }
        catch (Exception)
        {
            // What is stored is not known; start again from it. A flush under way must not wait for customers that
            // wait for the next activation.
            await _stopping.CancelAsync();
            DeactivateOnIdle();
            throw;
        }
    }

    /// <summary>Refers to a customer; to find out anew what to call would cost more than many a call.</summary>
    private ICustomerGrain Customer(string customer)
    {
        var key = new CustomerKey(_product, customer).ToString();
        if (_customerType is not { } known)
        {
            var first = GrainFactory.GetGrain<ICustomerGrain>(key);
            var reference = first.AsReference<ICustomerGrain>() as GrainReference;
            _customerType = reference is null ? null : (reference.GrainId.Type, reference.InterfaceType);
            return first;
        }

        return (ICustomerGrain)GrainFactory.GetGrain(GrainId.Create(known.Grain, key), known.Interface);
    }

    private MeteringHour LastSealable(DateTimeOffset now) =>
        MeteringHour.LastSealable(now, _period, options.Value.SealDelay);
}
