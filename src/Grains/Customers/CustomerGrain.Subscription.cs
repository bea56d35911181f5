using Tally.Contracts.Customers;
using Tally.Domain.Catalogue;
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
        Apply(heard, rules.Product);
        await Durably(async () =>
        {
            await Register();
            await Snapshot();
        });
        Log.SubscriptionChanged(logger, _journalKey, notice.Word, notice.At);
        await Shard.Heard(_key.Customer, ToSend());
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
            _ledger.SealEarly(product, Identity(), now);
            _ = known is not null && Shadow(product, known, now);
            foreach (var settlement in AnomalyRules.Release(_ledger.Records(), _ => now, now))
            {
                _ledger.Settle(settlement);
            }

            return;
        }

        foreach (var settlement in _ledger.Releasing(heard.Notice!.At, now))
        {
            _ledger.Settle(settlement);
        }
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
        !_ledger.IsPending && !_ledger.MakesZeroes,
        Subscription.IsRefused,
        Subscription.SendBy(options.Value.UnsubscribeGrace),
        NextRelease());
}
