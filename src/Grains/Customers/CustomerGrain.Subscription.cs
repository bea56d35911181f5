using Tally.Contracts.Customers;
using Tally.Domain.Catalogue;
using Tally.Domain.Ledger;
using Tally.Domain.Sealing;
using Tally.Domain.Subscriptions;

namespace Tally.Grains.Customers;

/// <content>What the customer's subscription does to its usage and records.</content>
internal sealed partial class CustomerGrain
{
    private Subscription Subscription
    {
        get => state.State.Subscription ?? Subscription.Unknown;
        set => state.State.Subscription = value;
    }

    /// <inheritdoc />
    public async Task<Subscription?> Notify(SubscriptionNotice notice)
    {
        ThrowIfLost();
        await _lease.ThrowIfFrozen();
        if (await Rules(0) is not { } rules)
        {
            return null;
        }

        var heard = Subscription.Hear(notice);
        if (heard == Subscription)
        {
            return heard;
        }

        Subscription = heard;
        await Durably(async () =>
        {
            await Merge();
            Apply(heard, rules.Product);
            await Register();
            await Snapshot();
            await Emit();
        });
        Log.SubscriptionChanged(logger, _journalKey, notice.Word, notice.At);
        await Shard.Heard(_key.Customer, ToSend());
        await _lease.ThrowIfFrozen();
        return heard;
    }

    /// <inheritdoc />
    public Task<Subscription?> GetSubscription()
    {
        var isKnown = state.State.Subscription is not null
            || state.State.Profile is not null
            || _ledger.Balances().Count > 0;
        return Task.FromResult(isKnown ? Subscription : null);
    }

    private void Apply(Subscription heard, ProductDefinition product)
    {
        var now = clock.GetUtcNow();
        if (!heard.TakesUsage)
        {
            var known = KnownTo(product);
            var fresh = LedgerLines.Fresh(_ledger);
            _ledger.SealEarly(product, Identity(), now);
            Keep(LedgerLines.OfSealing(_key, _ledger, fresh, now));
            _ = known is not null && Shadow(product, known, now);
            Book(AnomalyRules.Release(_ledger.Records(), _ => now, now));
            return;
        }

        Book(_ledger.Releasing(heard.Notice!.At, now));
    }

    /// <summary>Applies settlements that a snapshot makes durable.</summary>
    /// <returns>Whether anything has changed.</returns>
    private bool Book(IEnumerable<Settlement> settlements)
    {
        var changes = settlements.Where(_ledger.Settle).ToList();
        Keep(LedgerLines.OfSettlements(_key, _ledger, changes));
        return changes.Count > 0;
    }

    /// <summary>
    /// Hears what became of records. Once AWS says that the customer isn't subscribed, the others are parked, too.
    /// </summary>
    private IReadOnlyList<Settlement> Heard(IReadOnlyList<Settlement> settlements)
    {
        var before = Subscription;
        Subscription = settlements.Aggregate(before, (known, settlement) => known.Hear(settlement));
        if (before.IsRefused || Subscription.RefusedAt is not { } since)
        {
            return settlements;
        }

        var keys = settlements.Select(settlement => settlement.Key).ToHashSet();
        return
        [
            .. settlements,
            .. _ledger.Parking(since, clock.GetUtcNow()).Where(settlement => !keys.Contains(settlement.Key)),
        ];
    }

    private SealReply ToSend() => new(
        _ledger.RecordsIn(RecordState.Waiting),
        _ledger.RecordsIn(RecordState.Parked),
        !_ledger.IsPending && !_ledger.MakesZeroes && _outbox.Count == 0,
        Subscription.IsRefused,
        Subscription.SendBy(options.Value.UnsubscribeGrace),
        NextRelease());
}
