using Tally.Domain.Catalogue;
using Tally.Domain.Time;

namespace Tally.Domain.Counting;

/// <content>Records of zero for hours without usage, for dimensions that want them.</content>
public sealed partial class CustomerLedger
{
    /// <summary>
    /// For how many hours back records of zero are made at most: as many as AWS takes records of (a day).
    /// </summary>
    public const int ZeroHoursMax = 24;

    private long? _zeroesThroughSeconds;

    /// <summary>Whether idle hours are sent too, so that the flush must know the customer even without usage.</summary>
    public bool MakesZeroes => _zeroesThroughSeconds is not null;

    /// <summary>
    /// Makes records of zero for the hours that got no record, up to one; doing it twice changes nothing.
    /// </summary>
    /// <param name="through">
    /// The last hour that is over. Hours behind it, or not sealed, are left alone: AWS keeps the first quantity that it
    /// gets for an hour, so a zero that is sent early would lock the hour.
    /// </param>
    /// <param name="rules">
    /// The product, and which hours AWS still takes. When the customer's usage isn't taken, no zero is either.
    /// </param>
    /// <param name="identity">The buyer, frozen into the records.</param>
    /// <param name="now">The present moment.</param>
    /// <returns>Whether anything has changed, so that the ledger must be stored.</returns>
    /// <remarks>
    /// The first time only notes the hour: zeroes begin with the hour after it. So there is none for the time before
    /// the customer was known, the dimension wanted them or the customer subscribed (again). A fraction that waits for
    /// more usage makes no difference: where a record would be zero, it is.
    /// </remarks>
    public bool SealZeroes(
        MeteringHour through, CountingRules rules, CustomerIdentity identity, DateTimeOffset now)
    {
        var dimensions = rules.Product.Dimensions;
        if (!rules.TakesUsage || !dimensions.Any(dimension => dimension.MakesZeroes))
        {
            var was = _zeroesThroughSeconds;
            _zeroesThroughSeconds = null;
            return was is not null;
        }

        var last = SealedThrough is { } known && known < through ? known : through;
        if (_zeroesThroughSeconds is not { } done)
        {
            _zeroesThroughSeconds = last.StartSeconds;
            return true;
        }

        var deliverable = rules.Acceptance.FirstDeliverable(now, Period, rules.DeliveryMargin).StartSeconds;
        var longest = last.StartSeconds - ((ZeroHoursMax - 1) * Period.LengthSeconds);
        var first = Period.Starting(Math.Max(done + Period.LengthSeconds, Math.Max(deliverable, longest)));
        foreach (var dimension in dimensions.Where(dimension => dimension.MakesZeroes))
        {
            for (var hour = first; hour <= last; hour = hour.Next)
            {
                AccountOf(dimension.Ordinal).SealZero(hour, dimension.Name, identity);
            }
        }

        _zeroesThroughSeconds = Math.Max(done, last.StartSeconds);
        return last.StartSeconds > done;
    }
}
