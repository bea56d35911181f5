using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Tally.Contracts.Customers;
using Tally.Contracts.Delivery;
using Tally.Domain.Catalogue;
using Tally.Domain.Counting;
using Tally.Domain.Delivery;
using Tally.Domain.Encoding;
using Tally.Domain.Ledger;
using Tally.Domain.Sealing;
using Tally.Domain.Subscriptions;
using Tally.Domain.Time;
using Tally.Grains.Delivery;
using Tally.Grains.Hosting;
using Tally.Grains.Ledger;
using Tally.Grains.Moves;
using Tally.Grains.Placement;
using Tally.Grains.Products;
using Tally.Journal;

namespace Tally.Grains.Customers;

/// <summary>
/// The shell around one <see cref="CustomerLedger"/>: loads it from snapshot and journal, lets it decide, makes the
/// change durable, answers. One turn at a time; whoever asks meanwhile waits.
/// </summary>
/// <remarks>
/// The ledger is changed before the journal has the change, because nobody can see it until the turn ends. When the
/// journal or the snapshot fails, the actor goes and the next activation builds the ledger from what is stored.
/// </remarks>
[CustomerPlacement]
internal sealed partial class CustomerGrain(
    [PersistentState("customer", TallyStorage.Name)] IPersistentState<CustomerState> state,
    IUsageJournal journal,
    CatalogueCache catalogue,
    LedgerOutlet outlet,
    TenantGate gate,
    TallyInstruments instruments,
    IOptions<TallyOptions> options,
    [FromKeyedServices(TallyTime.Key)] TimeProvider clock,
    ILogger<CustomerGrain> logger) : Grain, ICustomerGrain
{
    private readonly MeteringPeriod _period = options.Value.MeteringPeriod();
    private CustomerKey _key;
    private string _journalKey = "";
    private TenantLease _lease = null!;
    private CustomerLedger _ledger = null!;
    private CountingRules? _rules;
    private long _position;
    private int _catalogueVersion;
    private int _shardCount = 1;
    private int _eventsSinceSnapshot;
    private bool _isDirty;
    private bool _isRegistered;
    private bool _isLost;

    /// <inheritdoc />
    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _journalKey = this.GetPrimaryKeyString();
        _key = CustomerKey.Parse(_journalKey);
        _lease = gate.Of(_key.Product.Tenant);
        _ledger = state.State.Ledger is { } snapshot
            ? CustomerLedger.FromSnapshot(snapshot, _period)
            : new CustomerLedger(_period);
        _position = state.State.Position;
        _catalogueVersion = state.State.CatalogueVersion;
        _outbox = LedgerOutbox.Read(_key, state.State.Outbox);
        journal.Cover(_journalKey, _position);
        await Replay(cancellationToken);

        // What AWS answered may be in the journal only; the records it is about say it, too.
        if (!Subscription.IsRefused
            && _ledger.Records().FirstOrDefault(record => record.State == RecordState.Parked) is { Last: { } parked })
        {
            Subscription = Subscription.Hear(parked);
        }
    }

    private async Task Replay(CancellationToken cancellationToken)
    {
        var entries = await Read(cancellationToken);
        if (entries.Count == 0)
        {
            return;
        }

        await Apply(entries);
        _position = entries[^1].Position;
        Log.Replayed(logger, _journalKey, entries.Count);
    }

    /// <inheritdoc />
    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        if (!_isLost)
        {
            await Emit();
        }

        if (_isDirty && !_isLost)
        {
            await TrySnapshot();
        }
    }

    /// <inheritdoc />
    public async ValueTask<PostReply> Post(UsageBatch batch)
    {
        ThrowIfLost();
        await _lease.ThrowIfFrozen();
        var statuses = new byte[batch.Count];
        if (await Rules(batch.CatalogueVersion) is not { } rules)
        {
            statuses.AsSpan().Fill((byte)CountStatus.UnknownDimension);
            return new(statuses);
        }

        await ThrowIfNotEntitled(rules.Product);
        int counted;
        try
        {
            var entry = new PayloadWriter(batch.Events.Length + (batch.Count * sizeof(long)) + 16);
            var now = clock.GetUtcNow();
            counted = LedgerEntries.Count(_ledger, batch.Events.Span, rules, now, statuses, entry);

            // Also a repetition is acknowledged only once the customer is in the flush index.
            if (!_isRegistered && _ledger.IsPending)
            {
                await Register();
            }

            await Append(counted, entry);
        }
        catch (Exception exception)
        {
            throw Lost(exception);
        }

        _eventsSinceSnapshot += counted;
        if (_eventsSinceSnapshot >= Math.Max(options.Value.SnapshotEventsMin, _ledger.SeenCount / 2))
        {
            await TrySnapshot();
        }

        // Acknowledged is only what was durable before a freeze could begin: see the lease.
        await _lease.ThrowIfFrozen();
        return counted == batch.Count ? PostReply.AllCounted : new(statuses);
    }

    /// <inheritdoc />
    public async Task<SealReply> Seal(long throughSeconds)
    {
        ThrowIfLost();
        await _lease.ThrowIfFrozen();
        var (through, etag) = (_period.Starting(throughSeconds), state.Etag);
        (_isRegistered, _isConfirmed) = (true, true);
        var rules = await Rules(0);
        if (rules is not null)
        {
            await Durably(async () =>
            {
                await Merge(isInIndex: true);
                await Seal(through, rules);
            });
        }

        await Emit();

        var reply = ToSend();
        if (reply.IsIdle)
        {
            await Durably(() => TakeLeave(etag));
        }

        return reply;
    }

    /// <inheritdoc />
    public async Task Settle(IReadOnlyList<Settlement> settlements)
    {
        ThrowIfLost();
        await _lease.ThrowIfSettled();
        var entry = new PayloadWriter();
        var changed = LedgerEntries.Settle(_ledger, Heard(settlements), entry);
        DeliverySteps.Reached(DeliveryStep.SettlementDecided);
        await Durably(() => Append(changed, entry).AsTask());
        DeliverySteps.Reached(DeliveryStep.SettlementStored);
        if (changed > 0)
        {
            Keep(LedgerLines.OfEntry(_key, _ledger, entry.Written.Span));
            await Emit();
        }
    }

    /// <inheritdoc />
    public async Task<AmendReply> Amend(RecordAmendment amendment)
    {
        ThrowIfLost();
        await _lease.ThrowIfFrozen();
        if (await Rules(0) is not { } rules)
        {
            return new(AmendStatus.UnknownRecord, null);
        }

        // Another activation may have heard of the record's end.
        await Durably(() => Merge());
        var (status, entry) = LedgerEntries.Amend(_ledger, amendment, rules, clock.GetUtcNow());
        var view = _ledger.Records().FirstOrDefault(candidate => candidate.Record.Key == amendment.Key);
        if (status == AmendStatus.Done && view is not null)
        {
            Subscription = view.Last is { } last ? Subscription.Hear(last) : Subscription;
            await Durably(() => Store(view, entry));
            await Emit();
            await Shard.Amended(_key.Customer, view);
            await _lease.ThrowIfFrozen();
        }

        return new(status, view);
    }

    /// <inheritdoc />
    public async Task<CustomerUsage?> GetUsage()
    {
        ThrowIfLost();
        var balances = await GetBalances();
        if (balances.Count == 0 && state.State.Profile is null)
        {
            return null;
        }

        var product = balances.Count == 0 ? null : await Product();
        var open = _ledger.OpenUsage().Select(usage => new OpenAccumulator(
            product!.Dimensions[usage.Key.Ordinal].Name,
            _period.Starting(usage.Key.HourStartSeconds).Start,
            usage.Quantity,
            usage.Events,
            usage.FromPreviousMonth));
        var channel = (await catalogue.Get(_key.Product, _catalogueVersion))?.Channel ?? default;
        return new([.. open], _ledger.Records(), balances, options.Value.FindRules(channel));
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<DimensionBalance>> GetBalances()
    {
        ThrowIfLost();
        var balances = _ledger.Balances();
        if (balances.Count == 0)
        {
            return [];
        }

        var product = await Product();
        var remainders = _ledger.Remainders();
        return
        [
            .. balances.Select(pair => new DimensionBalance(product.Dimensions[pair.Key].Name, pair.Value)
            {
                Remainders = remainders.GetValueOrDefault(pair.Key, []),
            }),
        ];
    }

    /// <inheritdoc />
    public Task<CustomerProfile?> GetProfile() => Task.FromResult(
        state.State.Profile ?? (_ledger.Balances().Count > 0 ? new CustomerProfile(null, Identity()) : null));

    /// <inheritdoc />
    public async Task PutProfile(CustomerProfile profile)
    {
        ThrowIfLost();
        await _lease.ThrowIfFrozen();
        state.State.Profile = profile;
        await Durably(async () =>
        {
            await Register();
            await Merge();
            await Snapshot();
        });
        await _lease.ThrowIfFrozen();
    }

    /// <inheritdoc />
    public async Task Checkpoint()
    {
        ThrowIfLost();
        await Durably(() => Merge());
        await Emit();
        if (!_isDirty)
        {
            return;
        }

        await Durably(async () =>
        {
            if (_ledger.IsPending && !_isRegistered)
            {
                await Register();
            }

            await Snapshot();
        });
    }

    /// <summary>A sealed record is stored before anybody sees it.</summary>
    private Task Seal(MeteringHour through, CountingRules rules)
    {
        var now = clock.GetUtcNow();
        var known = KnownTo(rules.Product);
        var fresh = LedgerLines.Fresh(_ledger);
        var changed = Subscription.TakesUsage
            ? _ledger.Seal(through, rules.Product, Identity(), now)
            : _ledger.SealEarly(rules.Product, Identity(), now);
        var takesZeroes = rules.TakesUsage && !Subscription.IsRefused;
        changed |= _ledger.SealZeroes(through, rules with { TakesUsage = takesZeroes }, Identity(), now);
        Keep(LedgerLines.OfSealing(_key, _ledger, fresh, now));
        changed |= known is not null && (Shadow(rules.Product, known, now) | Guard(rules, known, now));
        if (Subscription.RefusedAt is { } since)
        {
            changed |= Book(_ledger.Parking(since, now));
        }

        if (!changed)
        {
            return Task.CompletedTask;
        }

        DeliverySteps.Reached(DeliveryStep.SealDecided);
        return Snapshot();
    }

    private IFlushShardGrain Shard => GrainFactory.GetGrain<IFlushShardGrain>(
        FlushShardKey.Of(_key.Product, _key.Customer, _shardCount).ToString());

    private CustomerIdentity Identity() => state.State.Profile?.Identity ?? new(_key.Customer, null, null);

    private async ValueTask<ProductDefinition> Product() =>
        await catalogue.Get(_key.Product, _catalogueVersion) ?? throw WithoutProduct();

    private InvalidOperationException WithoutProduct() =>
        new($"The product of customer {_journalKey} has no definition.");

    private async ValueTask<CountingRules?> Rules(int versionMin)
    {
        var product = await catalogue.Get(_key.Product, Math.Max(versionMin, _catalogueVersion));
        if (product?.Takes(_key.Customer) != true)
        {
            return null;
        }

        if (_rules is null || _rules.Product.Version < product.Version || _rules.TakesUsage != Subscription.TakesUsage)
        {
            var settings = options.Value;
            _rules = new(product, _period, settings.FindRules(product.Channel), settings.DeliveryMargin)
            {
                TakesUsage = Subscription.TakesUsage,
            };
            _catalogueVersion = product.Version;
            _isRegistered &= _shardCount == product.FlushShards;
            _isConfirmed &= _shardCount == product.FlushShards;
            _shardCount = product.FlushShards;
        }

        return _rules;
    }
}
