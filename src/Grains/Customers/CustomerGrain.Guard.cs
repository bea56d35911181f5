using Tally.Domain.Catalogue;
using Tally.Domain.Counting;
using Tally.Domain.Sealing;

namespace Tally.Grains.Customers;

/// <content>
/// What is decided about records before anybody sees them: those of a shadow aren't sent, and those far beyond the
/// usual are held for a person and let go when their deadline nears.
/// </content>
internal sealed partial class CustomerGrain
{
    private const double LeadInMargins = 1.5;

    /// <summary>The records that nothing is to be decided about; null when that is so of all.</summary>
    private HashSet<RecordKey>? KnownTo(ProductDefinition product) =>
        product is { Guard: null, ShadowUntil: null } && _ledger.RecordsIn(RecordState.Held).Count == 0
            ? null
            : [.. _ledger.Records().Select(view => view.Record.Key)];

    /// <summary>Settles records that another pipeline sends, before anybody sees them.</summary>
    /// <param name="product">Until when that is so.</param>
    /// <param name="known">The records that were there before sealing: they may be on their way.</param>
    /// <param name="now">The present moment.</param>
    /// <returns>Whether anything has changed.</returns>
    private bool Shadow(ProductDefinition product, HashSet<RecordKey> known, DateTimeOffset now)
    {
        var until = product.ShadowUntil?.ToUnixTimeSeconds() ?? long.MinValue;
        var fresh = _ledger.RecordsIn(RecordState.Waiting)
            .Where(record => record.Key.HourStartSeconds < until && !known.Contains(record.Key));
        return Book(fresh.Select(record =>
            new Settlement(record.Key, RecordState.Shadowed, null, "Shadow: computed, not sent", now)));
    }

    /// <summary>Decides about records before anybody sees them, and lets go of those that can't wait.</summary>
    /// <param name="rules">The product's guard, and until when AWS takes its records.</param>
    /// <param name="known">The records that were there before sealing.</param>
    /// <param name="now">The present moment.</param>
    /// <returns>Whether anything has changed.</returns>
    private bool Guard(CountingRules rules, HashSet<RecordKey> known, DateTimeOffset now)
    {
        var records = _ledger.Records();
        var released = AnomalyRules.Release(records, timestamp => ReleaseAt(rules, timestamp), now);
        var changed = Book(released);
        foreach (var settlement in released)
        {
            Log.HeldReleased(logger, _journalKey, HourOf(settlement), settlement.Reason!);
        }

        // Once its subscription ends, nobody has the time to look.
        if (rules.Product.Guard is not { } guard || !Subscription.TakesUsage)
        {
            return changed;
        }

        var held = AnomalyRules.Hold(guard, records, key => !known.Contains(key), now);
        changed |= Book(held);
        foreach (var settlement in held)
        {
            Log.Held(logger, _journalKey, HourOf(settlement), settlement.Reason!);
        }

        return changed;
    }

    /// <summary>When the first held record is to be let go; null when none is held.</summary>
    private DateTimeOffset? NextRelease()
    {
        var held = _ledger.RecordsIn(RecordState.Held);
        return held.Count > 0 && _rules is { } rules
            ? held.Min(record => ReleaseAt(rules, record.Timestamp))
            : null;
    }

    private DateTimeOffset ReleaseAt(CountingRules rules, DateTimeOffset timestamp) => Subscription.TakesUsage
        ? rules.Acceptance.Deadline(timestamp) - (rules.DeliveryMargin * LeadInMargins)
        : DateTimeOffset.MinValue;

    private static DateTimeOffset HourOf(Settlement settlement) =>
        DateTimeOffset.FromUnixTimeSeconds(settlement.Key.HourStartSeconds);
}
